package dev.katra.shell.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the parameter that takes the words behind {@code --}, for another program or command. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PassThroughArguments {

    /** The placeholder of the words in the help. */
    String value();

    /** True if the words begin at the first one that is not an option; they need no {@code --} before them then. */
    boolean bare() default false;
}
