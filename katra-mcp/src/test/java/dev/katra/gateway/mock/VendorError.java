package dev.katra.gateway.mock;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as a vendor gives it.
 *
 * @param type OpenAI's word for its kind; Anthropic's follows from the status
 * @param param the field that it is about
 */
public record VendorError(
        int status,
        String type,
        @Nullable String param,
        @Nullable String code,
        String message) {

    private static final String QUOTA = "insufficient_quota";
    static final String INVALID = "invalid_request_error";

    /** An error of this status, of the kind that goes with it. */
    public static VendorError of(int status, @Nullable String code, String message) {
        return new VendorError(status, openAiType(status, code), null, code, message);
    }

    /** The request is longer than the model's window. */
    static VendorError tooLong(Api api, int tokens, int window) {
        String code = "context_length_exceeded";
        return switch (api) {
            case CHAT ->
                invalid(
                        "messages",
                        code,
                        "This model's maximum context length is " + window
                                + " tokens. However, your messages resulted in " + tokens
                                + " tokens. Please reduce the length of the messages.");
            case RESPONSES ->
                invalid(
                        "input",
                        code,
                        "Your input exceeds the context window of this model. Please adjust your input and try again.");
            case MESSAGES -> invalid(null, null, "prompt is too long: " + tokens + " tokens > " + window + " maximum");
        };
    }

    /** The request is none that the format allows. */
    public static VendorError invalid(@Nullable String param, @Nullable String code, String message) {
        return new VendorError(400, INVALID, param, code, message);
    }

    /** The body of an answer in the words of this format. */
    public ObjectNode json(Api api) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (api == Api.MESSAGES) {
            body.put("type", "error");
            body.putObject("error").put("type", anthropicType()).put("message", message);
            return body.put("request_id", "req_mock");
        }
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }

    private static String openAiType(int status, @Nullable String code) {
        if (QUOTA.equals(code)) {
            return QUOTA;
        }
        return switch (status) {
            case 429 -> "tokens";
            case 500, 502, 503, 504, 529 -> "server_error";
            default -> INVALID;
        };
    }

    private String anthropicType() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : INVALID;
        };
    }
}
