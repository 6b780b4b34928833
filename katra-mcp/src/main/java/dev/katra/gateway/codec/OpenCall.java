package dev.katra.gateway.codec;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.tool.CallIds;
import dev.katra.gateway.tool.ToolNames;
import java.util.function.Consumer;

/**
 * An OpenCall assembles one call, whose id, name and arguments come in pieces. Nothing is passed on before the id and
 * the whole name are known; from then on the arguments are passed on as they come.
 */
public final class OpenCall {

    private final int key;
    private final ToolNames names;
    private final CallIds ids;
    private final Consumer<AnswerEvent> events;
    private final boolean atOnce;
    private final ArgumentBuffer arguments = new ArgumentBuffer();
    private String id = "";
    private String name = "";
    private boolean started;
    private boolean ended;

    /**
     * Begins a call.
     *
     * @param key the key of the call's events
     * @param atOnce whether the arguments are passed on only when they are complete and, if need be, repaired
     */
    public OpenCall(int key, ToolNames names, boolean atOnce, Consumer<AnswerEvent> events) {
        this.key = key;
        this.names = names;
        this.ids = names.callIds();
        this.atOnce = atOnce;
        this.events = events;
    }

    /** Takes the endpoint's id for the call; only the first one counts. */
    public void id(String piece) {
        if (id.isEmpty()) {
            id = piece;
        }
    }

    /** Returns the endpoint's id; empty as long as it has not come. */
    public String id() {
        return id;
    }

    /** Takes the name or a piece of it. A repeated whole name is not added. */
    public void name(String piece) {
        if (name.isEmpty()) {
            name = piece;
        } else if (!started && arguments.empty() && growsBy(piece)) {
            name += piece;
        }
    }

    private boolean growsBy(String piece) {
        return names.begins(name + piece) || !(names.sent(name) || name.equals(piece));
    }

    /** Passes the call's beginning on if it is known, because another call follows. */
    public void announce() {
        if (!atOnce && !id.isEmpty() && !name.isEmpty()) {
            begin();
        }
    }

    /** Returns whether the call has a name; only then must it be passed on. */
    public boolean named() {
        return !name.isEmpty();
    }

    /** Returns whether arguments have come under another name than this. */
    public boolean hasArgumentsOfOther(String other) {
        return !arguments.empty() && !name.equals(other);
    }

    /**
     * Returns whether this name and piece of arguments can belong to the same call, although they come under another
     * id.
     */
    public boolean canContinueWith(String sameName, String piece) {
        return name.equals(sameName) && (arguments.empty() ? !piece.isEmpty() : arguments.canContinueWith(piece));
    }

    /** Takes more of the arguments. What repeats earlier pieces is not added. */
    public void arguments(String piece) {
        if (!ended && !piece.isEmpty()) {
            arguments.add(piece);
            flow();
        }
    }

    /** Returns whether the piece repeats all the arguments that have come, and they are a whole object. */
    public boolean repeats(String piece) {
        return arguments.repeats(piece);
    }

    /** Returns whether the arguments are a whole object, so that nothing more can belong to them. */
    public boolean complete() {
        return arguments.complete();
    }

    /**
     * Returns whether the call could be made as it is.
     *
     * @param cut whether the answer was cut short, so that missing arguments may only not have come yet
     */
    public boolean callable(boolean cut) {
        boolean whole = arguments.complete() || (!cut && (arguments.whole() || arguments.empty()));
        return ended || (named() && whole);
    }

    /** Takes all the arguments from an endpoint that sends them at the end. */
    public void addAllArguments(String all) {
        if (!ended && !all.isEmpty()) {
            arguments.addAll(all);
            flow();
        }
    }

    /** Ends the call if its arguments are complete and its id and name are known. */
    public void endIfComplete() {
        if (!ended && complete() && !id.isEmpty() && !name.isEmpty()) {
            end(true);
        }
    }

    /**
     * Ends the call, because the endpoint adds no more. A call that was cut before any arguments came, or before its
     * name, is not passed on: without arguments it would be another call.
     *
     * @param whole whether the answer was not cut, so that arguments that are almost JSON may be repaired
     */
    public void end(boolean whole) {
        if (ended) {
            return;
        }
        ended = true;
        if (!whole && !started && (arguments.empty() || !named())) {
            return;
        }
        begin();
        passOn(arguments.takeRest(whole));
        events.accept(new AnswerEvent.ToolEnded(key));
    }

    /**
     * Ends a call that was cut off. If nothing of it was passed on, nothing will be. If a part was, its arguments stay
     * incomplete, so that nobody takes it for a call.
     */
    public void breakOff() {
        if (!ended && started) {
            passOn(arguments.takeCutOff());
            events.accept(new AnswerEvent.ToolEnded(key));
        }
        ended = true;
    }

    private void flow() {
        if (!atOnce && (started || (!id.isEmpty() && !name.isEmpty()))) {
            String more = arguments.takeNew();
            if (!more.isEmpty()) {
                begin();
                passOn(more);
            }
        }
    }

    private void begin() {
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.ToolStarted(key, ids.client(id), names.client(name)));
        }
    }

    private void passOn(String more) {
        if (!more.isEmpty()) {
            events.accept(new AnswerEvent.ToolArguments(key, more));
        }
    }
}
