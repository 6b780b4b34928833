package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of a stream, as it goes over the wire.
 *
 * @param piece whether it brings a piece of the answer itself: thinking, text, or arguments of a call
 */
record Frame(String wire, boolean piece) {

    static Frame data(ObjectNode json, boolean piece) {
        return new Frame("data: " + json + "\n\n", piece);
    }

    /** With the name of the event, which is its type. */
    static Frame named(ObjectNode json, boolean piece) {
        return new Frame("event: " + json.path("type").asString("") + "\ndata: " + json + "\n\n", piece);
    }

    /** Cuts a text as models do, never within a character. */
    static List<String> pieces(String text, int length) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.offsetByCodePoints(at, Math.min(length, text.codePointCount(at, text.length())));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }
}
