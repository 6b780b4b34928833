package dev.katra.gateway.codec;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ends the text of an answer before the first of the client's stop sequences, whether or not the endpoint knows them.
 * What comes behind is dropped, except the answer's end with its usage. Thinking and the arguments of calls may hold
 * stop sequences.
 */
public final class StopSequenceFilter implements Consumer<AnswerEvent> {

    private final List<String> stops;
    private final Consumer<AnswerEvent> events;
    private final StringBuilder held = new StringBuilder();
    private final Set<Integer> calls = new HashSet<>();
    private String foundStop = "";
    private boolean over;

    private StopSequenceFilter(List<String> stops, Consumer<AnswerEvent> events) {
        this.stops = stops;
        this.events = events;
    }

    /** Creates a filter that passes on to this consumer what comes before any of the stop sequences. */
    public static StopSequenceFilter within(List<String> stops, Consumer<AnswerEvent> events) {
        return new StopSequenceFilter(stops, events);
    }

    /** Returns the events of a whole answer, ended before any of the stop sequences. */
    public static List<AnswerEvent> within(List<String> stops, List<AnswerEvent> answer) {
        var cut = new ArrayList<AnswerEvent>();
        answer.forEach(within(stops, cut::add));
        return cut;
    }

    /** Returns whether a stop sequence has come, every call before it has ended, and the answer has not. */
    public boolean isMet() {
        return !foundStop.isEmpty() && calls.isEmpty() && !over;
    }

    /** Ends the answer without waiting for the rest of the endpoint's stream, if a stop sequence has come. */
    public void settle() {
        if (isMet()) {
            accept(new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, TokenUsage.NONE));
        }
    }

    @Override
    public void accept(AnswerEvent event) {
        if (over) {
            return;
        }
        if (event instanceof AnswerEvent.Finished finished) {
            end(finished);
        } else if (foundStop.isEmpty()) {
            beforeStop(event);
        } else {
            afterStop(event);
        }
    }

    private void beforeStop(AnswerEvent event) {
        if (event instanceof AnswerEvent.TextDelta delta) {
            held.append(delta.text());
            read();
            return;
        }
        if (event instanceof AnswerEvent.ToolStarted started) {
            calls.add(started.key());
        } else if (event instanceof AnswerEvent.ToolEnded ended) {
            calls.remove(ended.key());
        }
        if (!(event instanceof AnswerEvent.ToolArguments || event instanceof AnswerEvent.ToolEnded)) {
            passOnText(held.length());
        }
        events.accept(event);
    }

    private void afterStop(AnswerEvent event) {
        if (event instanceof AnswerEvent.ToolArguments arguments && calls.contains(arguments.key())) {
            events.accept(event);
        } else if (event instanceof AnswerEvent.ToolEnded ended && calls.remove(ended.key())) {
            events.accept(event);
        } else if (event instanceof AnswerEvent.Failed || event instanceof AnswerEvent.QuirkFound) {
            events.accept(event);
        }
    }

    /** Ends the answer. An endpoint that has stopped at a stop sequence may say at which. */
    private void end(AnswerEvent.Finished finished) {
        over = true;
        String said = finished.stopSequence();
        if (foundStop.isEmpty()) {
            passOnText(held.length());
            foundStop = said != null && stops.contains(said) ? said : "";
        }
        events.accept(
                foundStop.isEmpty()
                        ? new AnswerEvent.Finished(finished.reason(), finished.usage())
                        : new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, finished.usage(), foundStop));
    }

    private void read() {
        int first = held.length();
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (at < first || (at == first && foundStop.isEmpty()))) {
                first = at;
                foundStop = stop;
            }
        }
        passOnText(foundStop.isEmpty() ? held.length() - partialStopLength() : first);
    }

    /** Returns the number of last characters that may be the beginning of a stop sequence. */
    private int partialStopLength() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(held.length(), stop.length() - 1); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private void passOnText(int length) {
        if (length > 0) {
            events.accept(new AnswerEvent.TextDelta(held.substring(0, length)));
            held.delete(0, length);
        }
    }
}
