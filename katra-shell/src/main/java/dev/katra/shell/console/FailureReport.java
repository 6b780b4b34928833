package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.shell.core.command.CommandExecutionException;

/** The one place where a command's failure becomes text on stderr and an exit code. */
final class FailureReport {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private FailureReport() {}

    static Outcome report(Caller caller, Throwable thrown) {
        Optional<Failure> known = find(thrown);
        if (known.isPresent() && known.get().code() != Failure.Code.INTERNAL) {
            return report(caller, known.get());
        }
        LOG.error("a command failed", thrown);
        return report(
                caller,
                Failure.of(
                                Failure.Code.INTERNAL,
                                "internal error (" + defect(thrown).getClass().getSimpleName() + ")")
                        .hint("the details are in " + caller.home().logs()));
    }

    private static Outcome report(Caller caller, Failure failure) {
        caller.err().println("katra: " + failure.text());
        failure.hint().ifPresent(hint -> {
            caller.err().println();
            caller.err().println("hint: " + hint);
        });
        caller.err().flush();
        return new Outcome.Exit(ExitCode.of(failure));
    }

    /** What the command threw, without Spring Shell's wrapping. */
    private static Throwable defect(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CommandExecutionException && cause != null ? cause : thrown;
    }

    /** The failure that this is or was caused by. */
    private static Optional<Failure> find(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }
}
