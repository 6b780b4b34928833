package dev.katra.core.store;

import java.util.Arrays;

/** Names who has given the writer its work, by class and method. */
final class Callers {

    private static final String OURS = "dev.katra.";
    private static final String LAMBDA = "lambda$";

    private Callers() {}

    /** Returns the first of our methods in a stack that is not the writer's own. */
    static String of(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith(OURS)
                        && !frame.getClassName().equals(Writes.class.getName()))
                .findFirst()
                .map(frame -> simple(frame.getClassName()) + "." + method(frame.getMethodName()))
                .orElse("somebody");
    }

    /** Returns the class in which some work is written. */
    static String of(Object work) {
        return simple(work.getClass().getName());
    }

    private static String simple(String className) {
        String outer = className.split("\\$", 2)[0];
        return outer.substring(outer.lastIndexOf('.') + 1);
    }

    /** The compiler puts the body of a lambda into a method that it names after the one around it. */
    private static String method(String name) {
        return name.startsWith(LAMBDA) ? name.substring(LAMBDA.length()).split("\\$", 2)[0] : name;
    }
}
