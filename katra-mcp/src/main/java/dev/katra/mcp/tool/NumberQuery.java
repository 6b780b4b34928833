package dev.katra.mcp.tool;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads queries that are a number: {@code #12} asks for one thing, and gets it whole. */
public final class NumberQuery {

    private static final Pattern NUMBER = Pattern.compile("\\s*#(\\d{1,18})\\s*");

    private NumberQuery() {}

    /** Returns the number that is asked for, if the query is nothing else. */
    public static OptionalLong of(String query) {
        Matcher number = NUMBER.matcher(query);
        return number.matches() ? OptionalLong.of(Long.parseLong(number.group(1))) : OptionalLong.empty();
    }
}
