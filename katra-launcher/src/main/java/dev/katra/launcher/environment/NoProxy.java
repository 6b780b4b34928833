package dev.katra.launcher.environment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Adds loopback to {@code NO_PROXY}, because a proxy would otherwise catch what a session sends to Katra. */
public final class NoProxy {

    /** The two spellings of the variable; programs differ in which one they read first. */
    public static final List<String> NAMES = List.of("NO_PROXY", "no_proxy");

    private NoProxy() {}

    /** Returns whether loopback is among the hosts. */
    public static boolean hasLoopback(String written) {
        return Stream.of(written.split("[,\\s]+")).anyMatch(host -> host.equals("*") || host.equals("127.0.0.1"));
    }

    /** Returns the hosts with loopback added. */
    public static String withLoopback(String written) {
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
