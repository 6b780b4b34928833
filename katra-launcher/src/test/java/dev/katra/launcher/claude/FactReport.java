package dev.katra.launcher.claude;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints, at the end of a class whose tests are facts, which of them hold for the client that was tested. */
final class FactReport implements TestWatcher, AfterAllCallback {

    private final List<String> holding = Collections.synchronizedList(new ArrayList<>());
    private final List<String> changed = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void testSuccessful(ExtensionContext context) {
        holding.add("  holds    " + context.getDisplayName());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        changed.add("  CHANGED  " + context.getDisplayName() + "\n           "
                + String.valueOf(Objects.requireNonNull(cause).getMessage())
                        .strip()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(6)
                        .reduce((one, other) -> one + "\n           " + other.strip())
                        .orElse(cause.toString()));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        changed.add("  NOT RUN  " + context.getDisplayName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        StringBuilder report = new StringBuilder("Claude Code " + TestedClient.version() + ": " + holding.size()
                + " facts hold, " + changed.size() + " do not\n");
        holding.stream().sorted().forEach(line -> report.append(line).append('\n'));
        changed.stream().sorted().forEach(line -> report.append(line).append('\n'));
        System.out.println(report);
    }
}
