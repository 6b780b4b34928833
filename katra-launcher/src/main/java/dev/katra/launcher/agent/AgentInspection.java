package dev.katra.launcher.agent;

/**
 * Tells whether an agent's program can be used.
 *
 * @param finding the version and the place of the program, or what is wrong with it
 * @param remedy what a person can do about it; empty if the program can be used
 */
public record AgentInspection(String finding, String remedy) {

    /** Returns whether the program can be used. */
    public boolean isUsable() {
        return remedy.isEmpty();
    }
}
