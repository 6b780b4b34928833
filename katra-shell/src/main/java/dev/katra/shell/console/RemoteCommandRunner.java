package dev.katra.shell.console;

/** Runs commands inside the server. */
public interface RemoteCommandRunner {

    /** Runs the caller's command there, with its output on the caller's streams. Starts the server if need be. */
    Outcome run(Caller caller, Runs needs);
}
