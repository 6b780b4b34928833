package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logs for a command line: errors only, into the home's logs, so that stdout and stderr stay the command's. The server
 * logs with Spring Boot's logging.
 */
public final class CommandLineLogging implements SLF4JServiceProvider {

    private static final long MAX_LOG_BYTES = 1024 * 1024;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Makes this process use this logging. Must be called before anything else. */
    public static void install() {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // else it tells which provider it takes
        System.setProperty("slf4j.provider", CommandLineLogging.class.getName());
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return ErrorFile::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // nothing is kept
    }

    /** An ErrorFile is a logger that appends errors to a file, which it creates with the first error. */
    private static final class ErrorFile extends LegacyAbstractLogger {

        private ErrorFile(String name) {
            this.name = name;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] words,
                @Nullable Throwable thrown) {
            StringWriter text = new StringWriter();
            text.write(OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + level + " "
                    + name + " " + MessageFormatter.basicArrayFormat(message, words) + "\n");
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(text, true));
            }
            try {
                Path file = KatraHome.privateFolder(
                                KatraHome.of(System.getenv()).logs())
                        .resolve("katra.log");
                if (Files.exists(file) && Files.size(file) > MAX_LOG_BYTES) {
                    Files.move(file, file.resolveSibling("katra.log.1"), StandardCopyOption.REPLACE_EXISTING);
                }
                Files.writeString(file, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException | Failure e) {
                // then the command's own message is all there is
            }
        }
    }
}
