package dev.katra.shell.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the order in which the help lists the options of a record of options, where that is not the order of its
 * components.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OptionOrder {

    /** The long names of all options of the record, with a blank between two. */
    String value();
}
