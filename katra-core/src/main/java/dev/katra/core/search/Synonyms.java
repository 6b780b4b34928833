package dev.katra.core.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists short and long words for the same, as programmers write them. */
final class Synonyms {

    private static final Map<String, List<String>> TERMS = new HashMap<>();

    static {
        String[] same = {
            "config configuration settings",
            "db database databases",
            "repo repository repositories",
            "env environment",
            "auth authentication authenticate",
            "authz authorization authorisation",
            "dir directory folder folders directories",
            "dep deps dependency dependencies",
            "doc docs documentation",
            "perf performance",
            "prod production",
            "k8s kubernetes",
            "js javascript",
            "ts typescript",
            "py python",
            "pg postgres postgresql",
            "msg message messages",
            "err error errors exception exceptions",
            "param params parameter parameters",
            "arg args argument arguments",
            "var variable variables",
            "func fn function functions",
            "impl implementation",
            "spec specification",
            "pw pwd password passwd",
            "cred creds credential credentials",
            "mem memory",
            "max maximum",
            "min minimum",
            "sec seconds second",
            "ms milliseconds millisecond",
            "pr prs pullrequest",
            "ci pipeline",
            "async asynchronous",
            "sync synchronous",
            "temp tmp temporary",
            "bug bugs defect",
            "fix fixes fixed",
            "remove delete removed deleted",
            "start startup boot",
            "crash crashes crashed",
            "pick choose chose chosen picked select selected",
            "decide decided decision entschieden entscheidung beschlossen beschluss entschieden",
            "timeout timeouts timed",
            "slow slowness latency",
            "fast quick speed",
            "fail fails failed failure failing",
            "login signin logon",
            "rollback undo revert reverted reverting",
            "deploy deploys deployed deployment rollout release released releases",
            "429 ratelimit throttle throttled throttling limit limits",
            "oncall pager paged paging pagerduty",
            "bill bills invoice invoices",
            "outage incident downtime",
            "flaky flake intermittent",
            "upgrade upgraded bump bumped",
            "cron scheduler",
            "cert certificate certificates tls ssl",
            "hang hangs hung stuck",
        };
        Analyser analyser = new Analyser();
        for (String line : same) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            List<String> terms = words.stream()
                    .map(word -> analyser.words(word).get(0).term())
                    .distinct()
                    .toList();
            words.forEach(word -> TERMS.merge(word, terms, Synonyms::union));
        }
        List<String> decision = union(termsOf("decide"), List.of("k_decision"));
        List.of("decide", "decided", "decision", "entschieden", "entscheidung", "beschlossen", "beschluss")
                .forEach(word -> TERMS.put(word, decision));
    }

    private Synonyms() {}

    private static List<String> union(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    static List<String> termsOf(String lower) {
        return TERMS.getOrDefault(lower, List.of());
    }
}
