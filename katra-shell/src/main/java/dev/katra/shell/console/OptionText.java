package dev.katra.shell.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an option of a record of options in the words of one command. The text stands in the place of the "…" in
 * the description that the record gives; where that has none, the text replaces it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@Repeatable(OptionText.List.class)
public @interface OptionText {

    /** The words for the help. */
    String value();

    /** The option's long name; empty for every option of the record, which is for records of one. */
    String option() default "";

    /** Holds the texts of several options. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface List {

        /** The texts. */
        OptionText[] value();
    }
}
