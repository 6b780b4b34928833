package dev.katra.shell.prompt;

import dev.katra.core.failure.Failure;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;

/** Splits a line into the words of a command, with quotes and backslashes as in a shell. */
final class LineParser {

    private static final String PROGRAM = "katra";

    private LineParser() {}

    /**
     * Returns the words of a line, without {@code katra} in front, as hints print it; none of an empty line or a
     * comment.
     *
     * @throws Failure INVALID if a quote is open, so that half a text never runs
     */
    static List<String> words(String line) {
        if (line.strip().startsWith("#")) {
            return List.of();
        }
        List<String> words = withoutEmptyLastWord(line, tokenize(line).words());
        boolean named = !words.isEmpty()
                && (words.get(0).equals(PROGRAM) || words.get(0).endsWith("/" + PROGRAM));
        return named && words.size() == 1 ? List.of("help") : named ? words.subList(1, words.size()) : words;
    }

    private static ParsedLine tokenize(String line) {
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        try {
            return parser.parse(line, line.length(), ParseContext.ACCEPT_LINE);
        } catch (EOFError e) {
            throw Failure.invalid("a quote is open, and nothing was done")
                    .hint(
                            "close it; a quote that is part of a text has a backslash before it, or others around the text:"
                                    + " say \"it's done\"")
                    .cause(e);
        }
    }

    /**
     * Returns the words without the empty last one that JLine adds: it takes a blank at the end of a line, as
     * completion leaves one, for the start of another word.
     */
    private static List<String> withoutEmptyLastWord(String line, List<String> parsed) {
        int last = parsed.size() - 1;
        boolean blankAtEnd = line.stripTrailing().length() < line.length();
        boolean begun = last >= 0 && parsed.get(last).isEmpty() && (line.isEmpty() || blankAtEnd);
        return List.copyOf(begun ? parsed.subList(0, last) : parsed);
    }
}
