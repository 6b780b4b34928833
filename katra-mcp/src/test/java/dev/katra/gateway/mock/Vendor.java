package dev.katra.gateway.mock;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whom a mock plays.
 *
 * @param key the only key that it takes; empty if it takes any
 * @param header the only header in which it takes the key; empty if it takes it in all three
 * @param models the models that it has; none if it has all
 * @param efforts the reasoning efforts that it takes; none if it takes all
 * @param window the most tokens of a request; 0 if there is no limit
 * @param cap the most tokens of an answer; 0 if there is no limit
 */
public record Vendor(
        String key, String header, List<String> models, List<String> efforts, Set<Rule> rules, int window, int cap) {

    /** Takes any key and has any model. */
    public static final Vendor ANY = new Vendor("", "", List.of(), List.of(), Set.of(), 0, 0);

    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    public Vendor {
        models = List.copyOf(models);
        efforts = List.copyOf(efforts);
        rules = Set.copyOf(rules);
    }

    /** With only this key. */
    public Vendor withKey(String other) {
        return new Vendor(other, header, models, efforts, rules, window, cap);
    }

    /** With only this key in only this header: {@code authorization}, {@code api-key} or {@code x-api-key}. */
    public Vendor withKeyIn(String name, String other) {
        return new Vendor(other, name, models, efforts, rules, window, cap);
    }

    /** With only these models. */
    public Vendor withModels(String... others) {
        return new Vendor(key, header, List.of(others), efforts, rules, window, cap);
    }

    /** With only these reasoning efforts. */
    public Vendor withEfforts(String... others) {
        return new Vendor(key, header, models, List.of(others), rules, window, cap);
    }

    /** With these rules. */
    public Vendor with(Rule... others) {
        return new Vendor(key, header, models, efforts, Set.of(others), window, cap);
    }

    /** With room for this many tokens in a request, at four bytes each; 0 is any number. */
    public Vendor withWindow(int tokens) {
        return new Vendor(key, header, models, efforts, rules, tokens, cap);
    }

    /** With room for this many tokens in an answer; 0 is any number. */
    public Vendor withCap(int tokens) {
        return new Vendor(key, header, models, efforts, rules, window, tokens);
    }

    /** Takes the key in these headers, or refuses it. */
    public void admit(Map<String, String> headers) {
        boolean right = key.isEmpty()
                || Map.of("authorization", "Bearer " + key, "api-key", key, "x-api-key", key).entrySet().stream()
                        .filter(shown -> header.isEmpty() || header.equals(shown.getKey()))
                        .anyMatch(shown -> shown.getValue().equals(headers.get(shown.getKey())));
        if (!right) {
            throw new StrictRejection(VendorError.of(401, "invalid_api_key", "Incorrect API key provided: sk-***."));
        }
    }

    /** Takes this request of so many tokens, or refuses it. */
    public void judge(Api api, JsonNode body, int tokens, IssuedItems issued) {
        switch (api) {
            case CHAT -> new ChatJudge(this, issued).judge(body);
            case RESPONSES -> new ResponsesJudge(this, issued).judge(body);
            case MESSAGES -> new MessagesJudge(this, issued).judge(body);
        }
        if (window > 0 && tokens > window) {
            throw new StrictRejection(VendorError.tooLong(api, tokens, window));
        }
    }

    boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /** The model exists. */
    void model(String model) {
        StrictRejection.unless(
                !model.isEmpty(), "model", "missing_required_parameter", "you must provide a model parameter");
        if (!models.isEmpty() && !models.contains(model)) {
            throw new StrictRejection(new VendorError(
                    404,
                    VendorError.INVALID,
                    null,
                    "model_not_found",
                    "The model `" + model + "` does not exist or you do not have access to it."));
        }
    }

    /** The parameters exist. */
    static void parameters(JsonNode body, Set<String> known) {
        for (String name : body.propertyNames()) {
            StrictRejection.unless(
                    known.contains(name), name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
        }
    }

    /** The model does not know this parameter of the format. */
    static void without(JsonNode body, String name, String besides) {
        StrictRejection.unless(
                !body.has(name),
                name,
                "unsupported_parameter",
                "Unsupported parameter: '" + name + "' is not supported with this model." + besides);
    }

    /** The answer may be so long. */
    void cap(JsonNode body, String name) {
        int wanted = body.path(name).asInt(1);
        StrictRejection.unless(
                wanted > 0, name, "integer_below_min_value", "Invalid '" + name + "': must be positive.");
        StrictRejection.unless(
                cap == 0 || wanted <= cap,
                name,
                name + " is too large: " + wanted + ". This model supports at most " + cap
                        + " completion tokens, whereas you provided " + wanted + ".");
    }

    /** The effort is one that the model has. */
    void effort(JsonNode effort, String name) {
        if (effort.isMissingNode()) {
            return;
        }
        if (has(Rule.NO_REASONING)) {
            throw new StrictRejection(VendorError.invalid(
                    name,
                    "unsupported_parameter",
                    "Unsupported parameter: '" + name + "' is not supported with this model."));
        }
        String value = effort.asString("");
        List<String> known = efforts.isEmpty() ? EFFORTS : efforts;
        StrictRejection.unless(
                known.contains(value),
                name,
                "unsupported_value",
                "Unsupported value: '" + value + "' is not supported with this model. Supported values are: '"
                        + String.join("', '", known) + "'.");
    }
}
