package dev.katra.demo;

import dev.katra.gateway.permission.JudgeRules;
import dev.katra.gateway.permission.JudgedCall;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.permission.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers auto mode's check for the scripted model. A call that the person typed word for word at this session's prompt
 * may run outside plan mode; the rules decide on every other call, such as one that came by mail.
 */
final class DemoJudge {

    private static final String UNKNOWN =
            "The call is not a step that the person typed at this prompt, the rules do not know it as harmless, and the"
                    + " demo has no model that could judge it.";

    private final SafeguardCheck check;
    private final JudgeRules rules;
    private final List<Step> typed;

    private DemoJudge(SafeguardCheck check, List<Step> typed) {
        this.check = check;
        this.rules = new JudgeRules(check);
        this.typed = typed;
    }

    /** Returns the judge of the answer to this request; empty if the request asks for no verdicts. */
    static Optional<DemoJudge> of(JsonNode request, JsonMapper json) {
        return SafeguardCheck.of(request)
                .map(check -> new DemoJudge(
                        check,
                        DemoConversation.typedPrompts(request).stream()
                                .flatMap(text -> Script.of(text, json).steps().stream())
                                .toList()));
    }

    /** Returns the verdicts on a reply's calls, by the ids of the calls. */
    Map<String, Verdict> verdicts(Reply reply) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        JudgeRules now = rules;
        for (Reply.Block block : reply.blocks()) {
            if (block instanceof Reply.Call made) {
                JudgedCall call = new JudgedCall(made.id(), made.tool(), made.input());
                verdicts.put(call.id(), verdict(call, now));
                now = now.after(call);
            }
        }
        return verdicts;
    }

    private Verdict verdict(JudgedCall call, JudgeRules now) {
        boolean asked = typed.stream()
                .anyMatch(step -> step.matches(call.tool()) && step.input().equals(call.input()));
        if (asked && !check.isPlanMode()) {
            return Verdict.MAY_RUN;
        }
        return now.judge(call).orElseGet(() -> now.flagUnknown(UNKNOWN));
    }
}
