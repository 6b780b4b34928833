package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.store.StoreFaults;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.shell.core.command.CommandExecutionException;

/** Turns a command's failure into text on stderr and an exit code. Nothing else does. */
final class FailureReport {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private FailureReport() {}

    static Outcome report(Caller caller, Throwable thrown) {
        Optional<Failure> known = find(thrown).or(() -> StoreFaults.ofEngine().explain(thrown, caller.home()));
        if (known.isPresent() && known.get().code() != Failure.Code.INTERNAL) {
            return report(caller, known.get());
        }
        LOG.error("a command failed", thrown);
        return report(
                caller,
                Failure.of(
                                Failure.Code.INTERNAL,
                                "internal error ("
                                        + unwrapped(thrown).getClass().getSimpleName() + ")")
                        .hint("the details are in " + caller.home().logs()));
    }

    private static Outcome report(Caller caller, Failure failure) {
        caller.note("katra: " + failure.text()
                + failure.hint().map(hint -> "\n\nhint: " + hint).orElse(""));
        return new Outcome.Exit(ExitCode.of(failure));
    }

    /** Returns what the command threw, without Spring Shell's wrapper. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CommandExecutionException && cause != null ? cause : thrown;
    }

    /** Returns the failure that this is or was caused by. */
    private static Optional<Failure> find(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }
}
