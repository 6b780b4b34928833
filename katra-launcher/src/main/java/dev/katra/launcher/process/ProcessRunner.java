package dev.katra.launcher.process;

/** Runs other programs. */
public interface ProcessRunner {

    /**
     * Runs a command to its end. An exit code other than 0 is a result, not a failure.
     *
     * @throws dev.katra.core.failure.Failure NOT_FOUND if there is no such program or folder; UNAVAILABLE if it does
     *     not start or is not done in time; CANCELLED if the calling thread was interrupted
     */
    ProcessResult run(ProcessCommand command);
}
