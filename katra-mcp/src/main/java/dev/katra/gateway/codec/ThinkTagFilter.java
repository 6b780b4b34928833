package dev.katra.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns what a model writes between {@code <think>} and {@code </think>} at the start of its text into thinking, where
 * the endpoint does not do so itself. Some models write only the end tag, because their prompt ends with the start tag.
 * What such a model writes before the end tag is recognised as thinking from its next answer on, or already in this one
 * if it comes in one piece.
 */
public final class ThinkTagFilter implements Consumer<AnswerEvent> {

    private static final List<String> NAMES = List.of("think", "thought", "seed:think");
    private static final String BEGIN = "<think>";
    private static final String END = "</think>";

    private enum State {
        /** All text so far is blank. */
        START,
        /** The start tag has come, or the model is known to leave it out. */
        THINKING,
        /** The text has begun; the end tag may still come, because the model may leave out the start tag. */
        MAYBE_THINKING,
        /** The text has begun, and everything in it belongs to it. */
        TEXT
    }

    private final Consumer<AnswerEvent> events;
    private final ThinkingRelay thoughts;
    /** The thinking that has no end yet. It becomes the text of an answer that has no other. */
    private final StringBuilder openThinking = new StringBuilder();

    private final StringBuilder held = new StringBuilder();
    private State state;
    private String end = END;
    private boolean answered;
    private boolean marked;
    private boolean blank;
    private char last = '\n';

    private ThinkTagFilter(boolean thinks, Consumer<AnswerEvent> events) {
        this.events = events;
        this.thoughts = new ThinkingRelay(events);
        this.state = thinks ? State.THINKING : State.START;
    }

    /**
     * Creates a filter that passes the events on to this consumer.
     *
     * @param thinks whether the model is known to begin with thinking that it does not mark with a start tag
     */
    public static Consumer<AnswerEvent> within(boolean thinks, Consumer<AnswerEvent> events) {
        return new ThinkTagFilter(thinks, events);
    }

    @Override
    public void accept(AnswerEvent event) {
        if (event instanceof AnswerEvent.TextDelta delta) {
            held.append(delta.text());
            read(false);
            return;
        }
        boolean interrupts = !(event instanceof AnswerEvent.Started
                || event instanceof AnswerEvent.ToolArguments
                || event instanceof AnswerEvent.ToolEnded);
        if (interrupts) {
            interrupted(event);
        }
        events.accept(event);
    }

    private void interrupted(AnswerEvent event) {
        read(true);
        flush(held.length());
        thoughts.close();
        boolean nothingElse = event instanceof AnswerEvent.Finished finished
                && finished.reason() != StopReason.MAX_TOKENS
                && finished.reason() != StopReason.TOOL_USE
                && !answered
                && !openThinking.isEmpty();
        if (nothingElse) {
            events.accept(new AnswerEvent.TextDelta(openThinking.toString()));
        }
        if (event instanceof AnswerEvent.ToolStarted) {
            openThinking.setLength(0);
        }
        marked |= event instanceof AnswerEvent.ThinkingDelta || event instanceof AnswerEvent.ThinkingSigned;
        state = state == State.START ? State.START : State.TEXT;
    }

    private void read(boolean whole) {
        State before;
        do {
            skipBlank();
            before = state;
            switch (state) {
                case START -> start(whole);
                case THINKING -> think(whole);
                case MAYBE_THINKING -> readUndecided(whole);
                case TEXT -> flush(held.length());
            }
        } while (state != before);
    }

    private void start(boolean whole) {
        String text = held.toString().stripLeading();
        for (String name : NAMES) {
            String mark = "<" + name + ">";
            if (text.startsWith(mark)) {
                end = "</" + name + ">";
                held.delete(0, held.indexOf(mark) + mark.length());
                state = State.THINKING;
                return;
            }
            if (!whole && mark.startsWith(text)) {
                return;
            }
        }
        if (!text.isEmpty()) {
            state = answered || marked ? State.TEXT : State.MAYBE_THINKING;
        }
    }

    private void think(boolean whole) {
        int at = held.indexOf(end);
        flush(at < 0 ? held.length() - (whole ? 0 : partialTagLength(end)) : at);
        if (at >= 0) {
            held.delete(0, end.length());
            thoughts.close();
            openThinking.setLength(0);
            marked = true;
            blank = true;
            state = State.START;
        }
    }

    /**
     * Looks for an end tag without a start tag. It counts on a line of its own or at the end of a line; elsewhere it is
     * part of the text.
     */
    private void readUndecided(boolean whole) {
        int opened = held.indexOf(BEGIN);
        int at = held.indexOf(END);
        if (opened >= 0 && (at < 0 || opened < at)) {
            state = State.TEXT;
            return;
        }
        if (at < 0) {
            flush(held.length() - (whole ? 0 : Math.max(partialTagLength(BEGIN), partialTagLength(END))));
            return;
        }
        char before = at == 0 ? last : held.charAt(at - 1);
        boolean behind = at + END.length() < held.length();
        if (!whole && before != '\n' && !behind) {
            flush(at);
            return;
        }
        if (before == '\n' || !behind || held.charAt(at + END.length()) == '\n') {
            if (answered) {
                flush(at);
            } else {
                thoughts.add(held.substring(0, at));
                thoughts.close();
                held.delete(0, at);
            }
            held.delete(0, END.length());
            blank = true;
            events.accept(new AnswerEvent.QuirkFound(Quirk.UNOPENED_THINKING));
        }
        state = State.TEXT;
    }

    /** Returns the number of last characters that may be the beginning of this tag. */
    private int partialTagLength(String mark) {
        int most = Math.min(held.length(), mark.length() - 1);
        for (int length = most; length > 0; length--) {
            if (mark.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /** Drops blank text between thinking and answer, which belongs to neither. */
    private void skipBlank() {
        while (blank && !held.isEmpty()) {
            blank = Character.isWhitespace(held.charAt(0));
            held.delete(0, blank ? 1 : 0);
        }
    }

    private void flush(int length) {
        if (length <= 0) {
            return;
        }
        String text = held.substring(0, length);
        held.delete(0, length);
        last = text.charAt(text.length() - 1);
        if (state == State.THINKING) {
            openThinking.append(text);
            thoughts.add(text);
        } else {
            answered = true;
            thoughts.close();
            events.accept(new AnswerEvent.TextDelta(text));
        }
    }
}
