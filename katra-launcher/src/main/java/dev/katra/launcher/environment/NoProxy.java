package dev.katra.launcher.environment;

import java.util.LinkedHashSet;
import java.util.Set;

/** {@code NO_PROXY} with loopback, for a proxy would otherwise catch what a session says to Katra. */
final class NoProxy {

    private NoProxy() {}

    /** What the caller wrote, with loopback after it. */
    static String withLoopback(String written) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String host : written.split(",", -1)) {
            if (!host.isBlank()) {
                hosts.add(host.strip());
            }
        }
        if (!hosts.contains("*")) {
            hosts.add("127.0.0.1");
            hosts.add("localhost");
        }
        return String.join(",", hosts);
    }
}
