package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.tool.Arguments;
import dev.katra.mcp.gateway.tool.CallIds;
import dev.katra.mcp.gateway.tool.ToolNames;
import java.util.function.Consumer;

/**
 * A call whose id, name and arguments come in pieces. Nothing of it is passed on before its id and its whole name are
 * known; from then on its arguments flow.
 */
public final class OpenCall {

    private static final String NOTHING = "{}";

    private final int key;
    private final ToolNames names;
    private final CallIds ids;
    private final Consumer<AnswerEvent> events;
    private final boolean atOnce;
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private int passedOn;
    private boolean started;
    private boolean ended;

    /**
     * A call that begins.
     *
     * @param atOnce whether its arguments are passed on only when they are complete and, if need be, repaired
     */
    public OpenCall(int key, ToolNames names, CallIds ids, boolean atOnce, Consumer<AnswerEvent> events) {
        this.key = key;
        this.names = names;
        this.ids = ids;
        this.atOnce = atOnce;
        this.events = events;
    }

    /** The endpoint's id for the call; the first one counts. */
    public void id(String piece) {
        if (id.isEmpty()) {
            id = piece;
        }
    }

    /** The endpoint's id, empty as long as it has not come. */
    public String id() {
        return id;
    }

    /** The name or a piece of it; a whole name that is repeated is not added. */
    public void name(String piece) {
        boolean known = names.sent(name) || name.equals(piece);
        boolean mayGrow = !started && arguments.isEmpty() && !known;
        if (name.isEmpty() || mayGrow) {
            name += piece;
        }
    }

    /** Passes the beginning on if it is known, because another call follows. */
    public void announce() {
        if (!atOnce && !id.isEmpty() && !name.isEmpty()) {
            begin();
        }
    }

    /** Whether this is a call at all, so that it must be passed on. */
    public boolean named() {
        return !name.isEmpty();
    }

    /** Whether arguments have come under another name than this. */
    public boolean begunUnlike(String other) {
        return !arguments.isEmpty() && !name.equals(other);
    }

    /** More of the arguments; all of them once more at the end are not added. */
    public void arguments(String piece) {
        if (ended || piece.isEmpty() || repeats(piece)) {
            return;
        }
        if (placeholder() && !piece.isBlank()) {
            arguments.setLength(0);
        }
        arguments.append(piece);
        if (!atOnce && !placeholder()) {
            flow();
        }
    }

    /** Whether this piece is what has come already, all of it. */
    public boolean repeats(String piece) {
        return piece.length() == arguments.length() && arguments.compareTo(new StringBuilder(piece)) == 0 && whole();
    }

    /** Whether the arguments are a whole object, so that nothing more can belong to them. */
    public boolean complete() {
        return !placeholder() && whole();
    }

    /**
     * Whether the call could be made as it is.
     *
     * @param cut whether the answer was cut short, so that no arguments may mean that they were yet to come
     */
    public boolean callable(boolean cut) {
        return ended || whole() || (!cut && arguments.isEmpty());
    }

    /** All the arguments, for an endpoint that sends them only at the end. */
    public void rest(String all) {
        if (arguments.isEmpty() || placeholder()) {
            arguments(all);
        } else if (all.length() > arguments.length() && all.startsWith(arguments.toString())) {
            arguments(all.substring(arguments.length()));
        }
    }

    /** Passes the call on as far as it is known if its arguments are complete. */
    public void endIfComplete() {
        if (!ended && complete() && !id.isEmpty() && !name.isEmpty()) {
            end(true);
        }
    }

    /**
     * The endpoint adds no more.
     *
     * @param mend whether arguments that are almost JSON may be repaired; never after a cut
     */
    public void end(boolean mend) {
        if (ended) {
            return;
        }
        begin();
        String text = arguments.toString();
        String rest = text.substring(passedOn);
        if (mend && !callable(false)) {
            rest = passedOn == 0
                    ? Arguments.repaired(text).map(Object::toString).orElse(text)
                    : rest + Arguments.missingEnd(text).orElse("");
        }
        passOn(rest);
        ended = true;
        events.accept(new AnswerEvent.ToolEnded(key));
    }

    private boolean placeholder() {
        return passedOn == 0 && arguments.length() == 2 && arguments.toString().equals(NOTHING);
    }

    private boolean whole() {
        int last = arguments.length() - 1;
        while (last >= 0 && Character.isWhitespace(arguments.charAt(last))) {
            last--;
        }
        return last > 0 && arguments.charAt(last) == '}' && Arguments.complete(arguments);
    }

    private void flow() {
        if (!started && (id.isEmpty() || name.isEmpty())) {
            return;
        }
        begin();
        passOn(arguments.substring(passedOn));
    }

    private void begin() {
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.ToolStarted(key, ids.client(id), names.client(name)));
        }
    }

    private void passOn(String more) {
        if (!more.isEmpty()) {
            passedOn = arguments.length();
            events.accept(new AnswerEvent.ToolArguments(key, more));
        }
    }
}
