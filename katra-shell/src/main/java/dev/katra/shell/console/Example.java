package dev.katra.shell.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Shows how a command is mostly typed. The help prints it first, and it is a command line that Katra takes. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Example {

    /** The whole line, with {@code katra} in front. */
    String value();

    /** The words that users of other programs type for this command. The error for such a word names this command. */
    String[] synonyms() default {};
}
