package dev.katra.gateway.request;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Estimates the number of tokens of a request, rather too high than too low. All text counts, with calls, results,
 * thinking and tools; an image counts as a fixed number.
 */
public final class TokenEstimate {

    private static final double CHARS_PER_TOKEN = 4.3;
    private static final double OTHER_CHARS_PER_TOKEN = 1.3;
    private static final double MARGIN = 1.05;
    private static final int IMAGE = 1_000;
    private static final int DOCUMENT = 1_500;
    private static final int DOCUMENT_CHARS_PER_TOKEN = 40;

    private static final Set<String> COUNTED = Set.of("system", "messages", "tools");

    /** A Part holds the tokens of an object, and what the object around it must know of it. */
    private record Part(double tokens, String type, int data) {
        static final Part NONE = new Part(0, "", 0);
    }

    private TokenEstimate() {}

    /** Returns the estimate for this request, at least 1. */
    public static long of(JsonNode request) {
        try (JsonParser parser = JsonMapper.shared().treeAsTokens(request)) {
            return of(parser);
        }
    }

    /** Returns the estimate for this request without building a tree of it; 0 if it is not JSON. */
    public static long of(byte[] request) {
        try (JsonParser parser = JsonMapper.shared().createParser(request)) {
            return of(parser);
        } catch (JacksonException e) {
            return 0;
        }
    }

    /** Returns the estimate for a text, which may be a piece of a longer one. */
    public static double of(String text) {
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                other++;
            }
        }
        return (text.length() - other) / CHARS_PER_TOKEN + other / OTHER_CHARS_PER_TOKEN;
    }

    private static long of(JsonParser request) {
        double tokens = 0;
        if (request.nextToken() == JsonToken.START_OBJECT) {
            while (request.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean counted = COUNTED.contains(request.currentName());
                request.nextToken();
                if (counted) {
                    tokens += value(request);
                } else {
                    request.skipChildren();
                }
            }
        }
        return Math.max(1, (long) Math.ceil(tokens * MARGIN));
    }

    private static double value(JsonParser request) {
        return switch (request.currentToken()) {
            case VALUE_STRING -> of(request.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> 1;
            case START_OBJECT -> object(request).tokens();
            case START_ARRAY -> {
                double tokens = 0;
                while (request.nextToken() != JsonToken.END_ARRAY) {
                    tokens += value(request);
                }
                yield tokens;
            }
            default -> 0;
        };
    }

    private static Part object(JsonParser request) {
        double tokens = 0;
        String type = "";
        int data = 0;
        Part source = Part.NONE;
        while (request.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = request.currentName();
            JsonToken token = request.nextToken();
            if (name.equals("cache_control")) {
                request.skipChildren();
                continue;
            }
            tokens += (name.length() + 4) / CHARS_PER_TOKEN;
            if (token == JsonToken.START_OBJECT) {
                Part part = object(request);
                tokens += part.tokens();
                source = name.equals("source") ? part : source;
            } else {
                boolean text = token == JsonToken.VALUE_STRING;
                type = text && name.equals("type") ? request.getString() : type;
                data = text && name.equals("data") ? request.getStringLength() : data;
                tokens += value(request);
            }
        }
        if (type.equals("image")) {
            tokens = IMAGE;
        } else if (type.equals("document") && source.type().equals("base64")) {
            tokens = DOCUMENT + (double) source.data() / DOCUMENT_CHARS_PER_TOKEN;
        }
        return new Part(tokens, type, data);
    }
}
