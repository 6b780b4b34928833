package dev.katra.shell.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says where a command runs and what it needs of its caller. A command without this annotation runs in the server. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Runs {

    /** The place in which the command runs. */
    Where at() default Where.SERVER;

    /** True if the server needs the caller's whole environment, keys included; it keeps none of it. */
    boolean wholeEnvironment() default false;

    /** True if it reads standard input when no text is given. */
    boolean readsInput() default false;

    /** True if it starts the agent, which must be found or installed before. */
    boolean startsAgent() default false;

    /** True if a model in a session may not run it. */
    boolean ownerOnly() default false;

    /** The places in which a command can run. */
    enum Where {
        /** The command runs inside the server, which holds the store. */
        SERVER,
        /** The command runs in the caller's own process. */
        CALLER,
        /**
         * The command runs wherever it was asked for: inside the server if that runs, else in the caller's own process.
         */
        ANYWHERE
    }
}
