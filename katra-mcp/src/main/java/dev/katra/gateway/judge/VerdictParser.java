package dev.katra.gateway.judge;

import dev.katra.gateway.permission.Verdict;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the verdict from the answer of a model that judges. */
public final class VerdictParser {

    private static final Pattern THOUGHT = Pattern.compile("(?s)^\\s*<think(?:ing)?>.*?</think(?:ing)?>");
    private static final Pattern LINE =
            Pattern.compile("(?i)^[\\s\"'`*]*(allow|block)\\b[\\s\"'`*]*([:.,-]?)[\\s\"'`*]*(.*)$");
    private static final String NO_REASON = "it was judged to go beyond what the person asked for";

    private VerdictParser() {}

    /** Returns the verdict in an answer; empty if it has none, as when it begins with neither "allow" nor "block". */
    public static Optional<Verdict> read(String answer) {
        String text = THOUGHT.matcher(answer).replaceFirst("").strip();
        Matcher line = LINE.matcher(text.lines().findFirst().orElse(""));
        if (!line.matches()) {
            return Optional.empty();
        }
        if (line.group(1).equalsIgnoreCase("allow")) {
            // "Allow only if …" does not permit the call.
            boolean plain = line.group(3).isBlank()
                    || line.group(2).equals(":")
                    || line.group(2).equals(".");
            return plain ? Optional.of(Verdict.MAY_RUN) : Optional.empty();
        }
        String reason = line.group(3).replaceAll("[\\s\"'`*]+$", "").replaceAll("\\p{Cntrl}", " ");
        return Optional.of(Verdict.flagged(reason.isBlank() ? NO_REASON : reason));
    }
}
