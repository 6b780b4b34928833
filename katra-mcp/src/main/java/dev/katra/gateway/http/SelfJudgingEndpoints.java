package dev.katra.gateway.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the endpoints that were seen to judge calls by themselves, by model. A restart forgets them. */
final class SelfJudgingEndpoints {

    private static final int MAX_ENTRIES = 1_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    boolean contains(SessionUpstream session, String model) {
        return seen.contains(key(session, model));
    }

    void add(SessionUpstream session, String model) {
        if (seen.size() < MAX_ENTRIES) {
            seen.add(key(session, model));
        }
    }

    private static String key(SessionUpstream session, String model) {
        return session.provider().url() + " " + model;
    }
}
