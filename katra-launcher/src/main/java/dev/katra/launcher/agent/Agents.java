package dev.katra.launcher.agent;

import java.util.ServiceLoader;

/** Finds the agents of this program. Each names itself in {@code META-INF/services}. */
public final class Agents {

    private static final Agent STANDARD = ServiceLoader.load(Agent.class, Agent.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the program has no agent"));

    private Agents() {}

    /** Returns the agent that sessions run. */
    public static Agent standard() {
        return STANDARD;
    }
}
