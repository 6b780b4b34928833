package dev.katra.gateway.permission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the check that a request asks for of the tool calls in its answer.
 *
 * @param mode the client's permission mode, such as {@code auto} or {@code plan}
 * @param folder the folder in which calls run; empty if it is not known
 * @param folders the folders that the person has opened to the session, links resolved
 * @param judgesOutsideReads whether reading outside of these folders must be judged too
 * @param judgesAllCommands whether the person wants every shell command judged
 * @param userRules the person's own rules for auto mode, in words
 */
public record SafeguardCheck(
        String mode,
        String folder,
        List<String> folders,
        boolean judgesOutsideReads,
        boolean judgesAllCommands,
        UserRules userRules) {

    /** The field of a request that asks for the check. */
    public static final String REQUEST = "safeguards";
    /** The field of an answer that holds the verdicts. */
    public static final String RESULTS = "safeguard_results";
    /** The beginning of the name of the beta without which no endpoint accepts the field. */
    public static final String BETA = "dangerous-tool-use-";

    private static final String TYPE = "dangerous_tool_use";

    /**
     * Holds the rules that the person wrote for auto mode.
     *
     * @param allow what may run
     * @param softDeny what may run only if the person asked for it
     * @param hardDeny what may never run
     * @param environment what is true of the surroundings
     */
    public record UserRules(
            List<String> allow, List<String> softDeny, List<String> hardDeny, List<String> environment) {

        /** The empty set of rules. */
        public static final UserRules NONE = new UserRules(List.of(), List.of(), List.of(), List.of());

        public UserRules {
            allow = List.copyOf(allow);
            softDeny = List.copyOf(softDeny);
            hardDeny = List.copyOf(hardDeny);
            environment = List.copyOf(environment);
        }

        boolean hasDenials() {
            return !softDeny.isEmpty() || !hardDeny.isEmpty();
        }
    }

    public SafeguardCheck {
        folders = List.copyOf(folders);
    }

    /** Returns the check that a request asks for; empty if it asks for none. */
    public static Optional<SafeguardCheck> of(JsonNode request) {
        for (JsonNode asked : request.path(REQUEST)) {
            if (asked.path("type").asString("").equals(TYPE)) {
                return Optional.of(read(asked.path("classifier_context")));
            }
        }
        return Optional.empty();
    }

    private static SafeguardCheck read(JsonNode context) {
        JsonNode trusted = context.path("trusted_directories");
        Set<String> folders = new LinkedHashSet<>();
        folder(trusted.path("primary"), folders);
        trusted.path("additional").forEach(each -> folder(each, folders));
        JsonNode own = context.path("auto_mode");
        return new SafeguardCheck(
                context.path("permission_mode").asString(""),
                context.path("live_cwd").asString(""),
                List.copyOf(folders),
                trusted.path("block_reads_outside_working_directories").asBoolean(false),
                context.path("classify_all_shell").asBoolean(false),
                new UserRules(
                        texts(own.path("allow")),
                        texts(own.path("soft_deny")),
                        texts(own.path("hard_deny")),
                        texts(own.path("environment"))));
    }

    private static void folder(JsonNode entry, Set<String> into) {
        into.addAll(texts(entry.path("resolved")));
        String path = entry.isString() ? entry.asString() : entry.path("path").asString("");
        if (!path.isEmpty() && !entry.path("resolved").isArray()) {
            into.add(path);
        }
    }

    /**
     * Returns the texts of an array, and its other elements as JSON, so that a rule in a new form still reaches the
     * judge.
     */
    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.isString() ? each.asString() : each.toString());
        }
        return texts;
    }

    /** Returns whether the session is in plan mode, in which nothing may be changed. */
    public boolean isPlanMode() {
        return mode.equals("plan");
    }

    /** Returns this check with an unknown folder, as after a command that may have gone elsewhere. */
    SafeguardCheck inUnknownFolder() {
        return new SafeguardCheck(mode, "", folders, judgesOutsideReads, judgesAllCommands, userRules);
    }

    /**
     * Returns the verdicts by the ids of the calls, in the form that the client expects; it must hold every call of the
     * answer.
     */
    public static ArrayNode results(Map<String, Verdict> verdicts) {
        ArrayNode results = JsonMapper.shared().createArrayNode();
        ObjectNode uses = results.addObject()
                .put("type", TYPE)
                .putObject("status")
                .put("type", "available")
                .putObject("tool_uses");
        verdicts.forEach((id, verdict) -> {
            ObjectNode use = uses.putObject(id)
                    .put("type", "evaluated")
                    .put("outcome", verdict.flagged() ? "flagged" : "not_flagged");
            if (verdict.flagged()) {
                use.put("explanation", verdict.explanation());
            }
        });
        return results;
    }
}
