package dev.katra.shell.channel;

import dev.katra.shell.console.Runs;
import java.lang.reflect.Method;

/** Marks of commands. */
final class Needs {

    private Needs() {}

    static Runs of(boolean wholeEnvironment, boolean readsInput) {
        for (Method method : Needs.class.getDeclaredMethods()) {
            Runs mark = method.getAnnotation(Runs.class);
            if (mark != null && mark.wholeEnvironment() == wholeEnvironment && mark.readsInput() == readsInput) {
                return mark;
            }
        }
        throw new AssertionError("no such mark here");
    }

    @Runs
    static void nothing() {}

    @Runs(wholeEnvironment = true, readsInput = true)
    static void everything() {}
}
