package dev.katra.shell.testing;

import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.room.ActingAs;

/** Options that many commands have, as their methods get them. */
public final class Options {

    public static final OutputFormat TEXT = new OutputFormat(false);
    public static final OutputFormat JSON = new OutputFormat(true);
    public static final ActingAs NOT_NAMED = new ActingAs(null);

    private Options() {}
}
