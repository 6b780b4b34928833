package dev.katra.launcher.provider;

/** Tells what the settings of providers must know of the agent whose requests go to them. */
public interface ProviderClient {

    /** Returns the agent's name as its maker writes it. */
    String displayName();

    /** Returns whether only Katra may set this variable of the agent's environment. */
    boolean isReserved(String variable);
}
