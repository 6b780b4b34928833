package dev.katra.gateway.mock;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How answers look in one format. */
interface AnswerFormat {

    /** The events of a stream, with its end mark. */
    List<Frame> stream(Reply reply);

    /** A whole answer. */
    JsonNode whole(Reply reply);

    /** An error in the middle of a stream. */
    Frame error(VendorError error);

    static AnswerFormat of(Api api) {
        return switch (api) {
            case CHAT -> new ChatForm();
            case RESPONSES -> new ResponsesForm();
            case MESSAGES -> new MessagesForm();
        };
    }
}
