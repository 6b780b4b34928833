package dev.katra.gateway.responses;

import dev.katra.gateway.codec.OpenCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An OutputItem holds what has come of one output item of a response, and the ids under which it came. */
final class OutputItem {

    static final String MESSAGE = "message";
    static final String REASONING = "reasoning";
    static final String CALL = "function_call";

    private static final Set<String> UNFINISHED = Set.of("incomplete", "failed", "cancelled");

    /** A Part holds a piece of a message's text or of a reasoning's, under the endpoint's number for it. */
    static final class Part {
        private final String key;
        private final StringBuilder text = new StringBuilder();
        private boolean closed;

        private Part(String key) {
            this.key = key;
        }

        void add(String more) {
            text.append(more);
        }
    }

    private final OpenCall call;
    private final Set<String> ids = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private String kind = "";
    private String callId = "";
    private String phase = "";
    private int index = -1;
    private boolean added;
    private boolean done;
    private boolean cut;
    private boolean argumentsDone;

    OutputItem(OpenCall call) {
        this.call = call;
    }

    OpenCall call() {
        return call;
    }

    /** Notes the kind, the position and the id that an event gives the item, and returns the item. */
    OutputItem noteEvent(String ofKind, int at, String id) {
        kind = kind.isEmpty() ? ofKind : kind;
        index = at >= 0 ? at : index;
        if (!id.isEmpty()) {
            ids.add(id);
        }
        return this;
    }

    /** Notes that the item has begun, and takes its call id and phase. */
    void takeHead(JsonNode node) {
        added = true;
        callId = callId.isEmpty() ? node.path("call_id").asString("") : callId;
        phase = phase.isEmpty() ? node.path("phase").asString("") : phase;
    }

    void arguments(String more) {
        arguments.append(more);
    }

    /** Takes all the arguments. Nothing more of them comes. */
    void endArguments(String all) {
        argumentsDone = true;
        if (arguments.isEmpty()) {
            arguments.append(all);
        }
        call.addAllArguments(all);
    }

    /** Returns whether the item has begun or any of its arguments have come. */
    boolean hasContent() {
        return added || !arguments.isEmpty();
    }

    /** Returns whether all that is known of this item are the arguments of that call. */
    boolean repeatsCall(OutputItem other) {
        return !arguments.isEmpty() && other.call.repeats(arguments.toString());
    }

    /** Ends the item; returns whether it had not ended before. */
    boolean markDone(JsonNode node) {
        boolean first = !done;
        done = true;
        cut |= UNFINISHED.contains(node.path("status").asString(""));
        return first;
    }

    boolean begun() {
        return added;
    }

    boolean done() {
        return done;
    }

    /**
     * Returns whether this is a call without an end: neither the item nor its arguments have ended, and the arguments
     * are not complete.
     */
    boolean open() {
        return !done && !argumentsDone && (arguments.isEmpty() || !call.callable(false));
    }

    /** Returns whether the endpoint says that it did not finish the item. */
    boolean cut() {
        return cut;
    }

    String phase() {
        return phase;
    }

    boolean is(String other) {
        return kind.equals(other);
    }

    boolean suits(String other) {
        return kind.isEmpty() || kind.equals(other);
    }

    boolean at(int place) {
        return place >= 0 && index == place;
    }

    boolean named(String id) {
        return !id.isEmpty() && ids.contains(id);
    }

    boolean nameless() {
        return ids.isEmpty();
    }

    boolean calls(String id) {
        return !id.isEmpty() && callId.equals(id);
    }

    /**
     * Returns whether this item may be the beginning of that whole item: nothing has come that the whole item does not
     * have.
     */
    boolean mayBecome(JsonNode node) {
        String id = node.path("call_id").asString("");
        if (!callId.isEmpty() && !id.isEmpty() && !callId.equals(id)) {
            return false;
        }
        String whole = node.path("arguments").asString("");
        boolean sameCall = arguments.isEmpty() || whole.isEmpty() || whole.startsWith(arguments.toString());
        return sameCall
                && (parts.isEmpty() || !kind.equals(MESSAGE) || text(node).startsWith(text()));
    }

    /** Returns whether any text has come. */
    boolean hasText() {
        return parts.stream().anyMatch(part -> !part.text.isEmpty());
    }

    /** Returns the part that more text under this number belongs to. */
    Part part(String key) {
        Part last = last(key);
        return last == null || last.closed ? append(key) : last;
    }

    /** A Rest holds a part of which the whole text is known, and the text that has not come yet. */
    record Rest(Part part, String text) {}

    /**
     * Returns what is missing of a part whose whole text has come.
     *
     * @param listed whether the item lists its parts, so that one number cannot stand for two of them
     */
    Rest rest(String key, String whole, boolean listed) {
        Part part = last(key);
        if (part != null && !known(part, whole) && !whole.startsWith(part.text.toString())) {
            Part other = parts.stream()
                    .filter(each -> known(each, whole))
                    .findFirst()
                    .orElse(null);
            if (other == null && part.closed && !listed) {
                part = append(key);
            } else if (other == null) {
                part.text.setLength(0); // the whole text differs from its pieces
                part.text.append(whole);
            } else {
                part = other;
            }
        } else if (part == null) {
            part = parts.stream().filter(each -> known(each, whole)).findFirst().orElseGet(() -> append(key));
        }
        part.closed = true;
        boolean missing = !known(part, whole) && whole.startsWith(part.text.toString());
        return new Rest(part, missing ? whole.substring(part.text.length()) : "");
    }

    private static boolean known(Part part, String whole) {
        String text = part.text.toString();
        return !text.isEmpty() && (text.startsWith(whole) || text.strip().equals(whole.strip()));
    }

    private @Nullable Part last(String key) {
        Part last = null;
        for (Part part : parts) {
            last = part.key.equals(key) ? part : last;
        }
        return last;
    }

    private Part append(String key) {
        Part part = new Part(key);
        parts.add(part);
        return part;
    }

    private String text() {
        return parts.stream().map(part -> part.text.toString()).collect(Collectors.joining());
    }

    private static String text(JsonNode node) {
        return StreamSupport.stream(node.path("content").spliterator(), false)
                .map(content -> content.path("text").asString("")
                        + content.path("refusal").asString(""))
                .collect(Collectors.joining());
    }
}
