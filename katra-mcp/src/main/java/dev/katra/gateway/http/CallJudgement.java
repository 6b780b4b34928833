package dev.katra.gateway.http;

import dev.katra.core.upstream.Judge;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.judge.JudgeCase;
import dev.katra.gateway.permission.JudgeRules;
import dev.katra.gateway.permission.JudgedCall;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.permission.Verdict;
import dev.katra.gateway.tool.CallArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/**
 * Judges the calls of one answer. Each call is judged as soon as it is complete, while the answer goes on; only the
 * answer's last event waits. If the endpoint is known to judge by itself, nothing is judged before it has shown that it
 * does not this time. It must not be used by several threads at once.
 */
final class CallJudgement {

    /** The headers of the client that an endpoint of the client's own format gets, the key included. */
    private static final Set<String> FORWARDED_HEADERS =
            Set.of("authorization", "x-api-key", "anthropic-version", "user-agent");

    private final Judge judge;
    /** The rules in the folder where the shell may be, if all of the calls before run. */
    private JudgeRules rules;
    /** The rules in the folder where the shell will be after the calls that may run, once all of them are judged. */
    private CompletableFuture<JudgeRules> rulesOfRunningCalls;

    private final JudgeCase known;
    private final JudgeModel model;
    private final Executor threads;
    private final long patience;
    private final boolean plans;
    private final boolean endpointMayJudge;
    private final Map<Integer, OpenArguments> open = new LinkedHashMap<>();
    private final List<JudgedCall> calls = new ArrayList<>();
    private final Map<String, CompletableFuture<Verdict>> verdicts = new LinkedHashMap<>();

    /** An OpenArguments holds a call that is still being written. */
    private record OpenArguments(String id, String tool, StringBuilder arguments) {}

    private CallJudgement(
            Judge judge,
            SafeguardCheck check,
            JudgeCase known,
            JudgeModel model,
            Executor threads,
            long patience,
            boolean endpointMayJudge) {
        this.judge = judge;
        this.rules = new JudgeRules(check);
        this.rulesOfRunningCalls = CompletableFuture.completedFuture(rules);
        this.known = known;
        this.model = model;
        this.threads = threads;
        this.patience = patience;
        this.plans = check.isPlanMode();
        this.endpointMayJudge = endpointMayJudge;
    }

    /**
     * Returns the judgement that a request asks for; empty if it asks for none, or the endpoint is to judge by itself.
     */
    static Optional<CallJudgement> of(
            GatewayContext gateway, SessionUpstream session, ClientHeaders headers, JsonNode body, String answering) {
        Judge judge = Judge.parse(session.upstream().settings().judge());
        Optional<SafeguardCheck> check = SafeguardCheck.of(body);
        if (judge.kind() == Judge.Kind.ENDPOINT || check.isEmpty()) {
            return Optional.empty();
        }
        JudgeCase known = JudgeCase.of(
                check.get(),
                body,
                headers.value("x-claude-code-session-id"),
                headers.find("x-claude-code-agent-id") != null,
                gateway.personPrompts());
        var model = new JudgeModel(
                gateway,
                session,
                judge.namedModel().orElseGet(() -> session.smallModel().orElse(answering)),
                RequestKey.of(headers),
                forwardedHeaders(headers));
        return Optional.of(new CallJudgement(
                judge,
                check.get(),
                known,
                model,
                gateway.client().threads(),
                gateway.settings().judge().toMillis(),
                gateway.selfJudging().contains(session, answering)));
    }

    private static Map<String, String> forwardedHeaders(ClientHeaders headers) {
        Map<String, String> forwarded = new TreeMap<>();
        headers.all().forEach((name, values) -> {
            if (FORWARDED_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !values.isEmpty()) {
                forwarded.put(name, values.get(0));
            }
        });
        return forwarded;
    }

    /** Takes an event of the answer. */
    void event(AnswerEvent event) {
        if (event instanceof AnswerEvent.ToolStarted started) {
            started(started.key(), started.id(), started.name());
        } else if (event instanceof AnswerEvent.ToolArguments arguments) {
            arguments(arguments.key(), arguments.json());
        } else if (event instanceof AnswerEvent.ToolEnded ended) {
            ended(ended.key());
        }
    }

    void started(int key, String id, String tool) {
        open.put(key, new OpenArguments(id, tool, new StringBuilder()));
    }

    void arguments(int key, String more) {
        OpenArguments call = open.get(key);
        if (call != null) {
            call.arguments().append(more);
        }
    }

    void ended(int key) {
        OpenArguments call = open.remove(key);
        if (call != null) {
            String text = call.arguments().toString();
            JsonNode input = CallArguments.read(text).orElseGet(() -> StringNode.valueOf(text));
            calls.add(new JudgedCall(call.id(), call.tool(), input));
            if (!endpointMayJudge) {
                judgeAll();
            }
        }
    }

    private void judgeAll() {
        for (JudgedCall call : calls) {
            JudgeRules now = rules;
            CompletableFuture<Verdict> verdict =
                    verdict(call, now, rulesOfRunningCalls).exceptionally(failure -> now.flagUnknown(unreachable()));
            verdicts.put(call.id(), verdict);
            rules = now.after(call);
            rulesOfRunningCalls = verdict.thenCombine(
                    rulesOfRunningCalls,
                    (found, before) -> found.flagged() ? before : before.after(call)); // a flagged call does not run
        }
        calls.clear();
    }

    /**
     * Returns the verdicts on all calls of the complete answer, in the form that the client wants. The future never
     * fails.
     */
    CompletableFuture<ArrayNode> results() {
        List.copyOf(open.keySet()).forEach(this::ended);
        judgeAll();
        return CompletableFuture.allOf(verdicts.values().toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        all -> {
                            Map<String, Verdict> found = new LinkedHashMap<>();
                            verdicts.forEach((id, verdict) -> found.put(id, verdict.join()));
                            return SafeguardCheck.results(found);
                        },
                        threads);
    }

    private CompletableFuture<Verdict> verdict(JudgedCall call, JudgeRules now, CompletableFuture<JudgeRules> before) {
        if (now.onlyReads(call)) {
            return CompletableFuture.completedFuture(Verdict.MAY_RUN);
        }
        return switch (judge.kind()) {
            case ASK ->
                CompletableFuture.completedFuture(
                        now.flagUnknown("On this provider the person decides on every call that does more than read."));
            case RULES ->
                before.thenApply(known -> byRules(known, call, "Katra's rules do not know this call as harmless."));
            case MODEL -> byModel(call, now, before);
            case ENDPOINT -> throw new IllegalStateException("the endpoint judges");
        };
    }

    private CompletableFuture<Verdict> byModel(JudgedCall call, JudgeRules now, CompletableFuture<JudgeRules> before) {
        Optional<Verdict> plain = plans ? now.judge(call) : Optional.empty();
        if (plain.isPresent()) {
            return CompletableFuture.completedFuture(plain.get());
        }
        return known.question(call, model.name())
                .map(question -> model.ask(question)
                        .completeOnTimeout(Optional.empty(), patience, TimeUnit.MILLISECONDS)
                        .thenCombine(
                                before, (found, known) -> found.orElseGet(() -> byRules(known, call, unreachable()))))
                .orElseGet(() -> before.thenApply(known -> byRules(
                        known,
                        call,
                        "The call is too long to be judged, and Katra's rules do not know it as harmless.")));
    }

    private static Verdict byRules(JudgeRules now, JudgedCall call, String because) {
        return now.judge(call).orElseGet(() -> now.flagUnknown(because));
    }

    private String unreachable() {
        return "The judge (" + model.name()
                + ") could not be reached in time, and Katra's rules do not know this call as harmless.";
    }
}
