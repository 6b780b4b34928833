package dev.katra.mcp.usage;

import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.ReportedRequest.Origin;
import dev.katra.core.usage.ReportedRequest.Outcome;
import dev.katra.core.usage.ReportedRequest.Turn;
import dev.katra.core.usage.TokenCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the requests in a body of OpenTelemetry's logs. Nothing is kept of a body but the few attributes that are named
 * here: others tell who the user is. Measured on Claude Code 2.1.332: an event {@code api_request} for each answer, and
 * {@code api_error} for each request that failed.
 */
final class LogEvents {

    private static final String REQUEST = "api_request";
    private static final String ERROR = "api_error";

    private static final Set<String> ATTRIBUTES = Set.of(
            "event.name",
            "event.timestamp",
            "event.sequence",
            "session.id",
            "prompt.id",
            "model",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_creation_tokens",
            "cost_usd_micros",
            "ttft_ms",
            "request_id",
            "agent_id",
            "query_source");

    /** The maximum length of a value that is kept, in characters. */
    private static final int MAX_VALUE = 200;

    /** The depth at which a body is not read any more; the events are at a depth of ten. */
    private static final int MAX_DEPTH = 32;

    private LogEvents() {}

    /** Returns the requests that the events report, in their order. */
    static List<ReportedRequest> requests(JsonParser body) {
        List<ReportedRequest> requests = new ArrayList<>();
        if (body.nextToken() == JsonToken.START_OBJECT) {
            object(body, requests, 0);
        }
        return requests;
    }

    /** Reads an object on the way to the events: each list of records is below a few lists of groups. */
    private static void object(JsonParser body, List<ReportedRequest> requests, int depth) {
        while (body.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = body.currentName();
            JsonToken value = body.nextToken();
            boolean leads = name.equals("resourceLogs") || name.equals("scopeLogs") || name.equals("logRecords");
            if (value != JsonToken.START_ARRAY || !leads || depth > MAX_DEPTH) {
                body.skipChildren();
                continue;
            }
            while (body.nextToken() != JsonToken.END_ARRAY && body.currentToken() != null) {
                if (body.currentToken() != JsonToken.START_OBJECT) {
                    body.skipChildren();
                } else if (name.equals("logRecords")) {
                    request(attributesOfRecord(body)).ifPresent(requests::add);
                } else {
                    object(body, requests, depth + 1);
                }
            }
        }
    }

    private static Map<String, String> attributesOfRecord(JsonParser body) {
        Map<String, String> attributes = new HashMap<>();
        while (body.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = body.currentName().equals("attributes");
            if (body.nextToken() != JsonToken.START_ARRAY || !wanted) {
                body.skipChildren();
                continue;
            }
            while (body.nextToken() != JsonToken.END_ARRAY && body.currentToken() != null) {
                if (body.currentToken() == JsonToken.START_OBJECT) {
                    attribute(body, attributes);
                } else {
                    body.skipChildren();
                }
            }
        }
        return attributes;
    }

    private static void attribute(JsonParser body, Map<String, String> attributes) {
        String key = "";
        String value = null;
        while (body.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = body.currentName();
            JsonToken token = body.nextToken();
            if (name.equals("key") && token == JsonToken.VALUE_STRING) {
                key = body.getString();
            } else if (name.equals("value") && token == JsonToken.START_OBJECT) {
                value = value(body);
            } else {
                body.skipChildren();
            }
        }
        if (value != null && value.length() <= MAX_VALUE && ATTRIBUTES.contains(key)) {
            attributes.put(key, value);
        }
    }

    private static @Nullable String value(JsonParser body) {
        String value = null;
        while (body.nextToken() == JsonToken.PROPERTY_NAME) {
            if (body.nextToken().isScalarValue()) {
                value = body.getString();
            } else {
                body.skipChildren();
            }
        }
        return value;
    }

    private static Optional<ReportedRequest> request(Map<String, String> event) {
        boolean failed = ERROR.equals(event.get("event.name"));
        String id = event.getOrDefault("request_id", "");
        if (!failed && (!REQUEST.equals(event.get("event.name")) || id.isEmpty())) {
            return Optional.empty(); // without an id it cannot be united with what the transcript tells
        }
        String model = event.getOrDefault("model", "");
        Optional<Instant> at = at(event);
        if (model.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        String unique = failed
                ? "error " + event.getOrDefault("session.id", "") + " " + event.getOrDefault("event.sequence", id)
                : id;
        return Optional.of(new ReportedRequest(
                unique,
                Origin.EVENT,
                at.get(),
                model,
                new Turn(event.get("prompt.id"), isOfSubAgent(event)),
                failed ? new Outcome(true, TokenCounts.NONE, null, 0) : outcome(event)));
    }

    private static boolean isOfSubAgent(Map<String, String> event) {
        return event.containsKey("agent_id")
                || event.getOrDefault("query_source", "").startsWith("agent:");
    }

    private static Outcome outcome(Map<String, String> event) {
        long firstToken = number(event, "ttft_ms");
        return new Outcome(
                false,
                new TokenCounts(
                        number(event, "input_tokens"),
                        number(event, "cache_read_tokens"),
                        number(event, "cache_creation_tokens"),
                        number(event, "output_tokens")),
                firstToken == 0 ? null : Duration.ofMillis(firstToken),
                number(event, "cost_usd_micros") * 1_000);
    }

    private static Optional<Instant> at(Map<String, String> event) {
        try {
            return Optional.of(Instant.parse(event.getOrDefault("event.timestamp", "")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, String> event, String name) {
        try {
            double number = Double.parseDouble(event.getOrDefault(name, "0"));
            return Math.max(0, Math.min((long) number, ReportedRequest.MAX_TOKENS));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
