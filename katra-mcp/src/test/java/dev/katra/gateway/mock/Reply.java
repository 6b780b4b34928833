package dev.katra.gateway.mock;

import java.util.List;

/** An answer to one request: with an id in each call. */
record Reply(Answer answer, ModelInput asked, List<Part> parts, Vendor vendor, IssuedItems issued) {

    static Reply of(Answer answer, ModelInput asked, Vendor vendor, IssuedItems issued) {
        String prefix = asked.api() == Api.MESSAGES ? "toolu_" : "call_";
        List<Part> parts = answer.parts().stream()
                .map(part -> part instanceof Part.Call call && call.id().isEmpty()
                        ? new Part.Call(issued.next(prefix), call.name(), call.arguments())
                        : part)
                .toList();
        return new Reply(answer, asked, parts, vendor, issued);
    }

    boolean calls() {
        return parts.stream().anyMatch(Part.Call.class::isInstance);
    }

    List<String> pieces(String text) {
        return Frame.pieces(text, answer.pieceLength());
    }

    Tokens tokens() {
        return answer.tokens();
    }
}
