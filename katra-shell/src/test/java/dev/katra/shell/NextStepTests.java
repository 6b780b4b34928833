package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every failure that a person can see names the next step; and says "is not a", never "is no". */
class NextStepTests {

    private static final Pattern MADE =
            Pattern.compile("Failure\\s*\\.(invalid|notFound|conflict|unavailable|of)\\s*\\(");
    private static final Pattern KEPT_IN = Pattern.compile("Failure (\\w+) =\\s*$");
    private static final Pattern IS_NO = Pattern.compile("\"[^\"\\n]*\\bis no (?!longer|more)[^\"\\n]*\"");

    @Test
    void everyFailureHasAHint() throws IOException {
        List<String> without = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            Matcher made = MADE.matcher(source);
            while (made.find()) {
                int end = end(source, made.end());
                String expression = source.substring(made.start(), end);
                boolean hintOfBoth = source.substring(end).matches("(?s)\\)\\s*\\.hint\\(.*"); // (one ? a : b).hint(…)
                if (!hintOfBoth && !hasNextStep(expression, source, made.start())) {
                    without.add(file.getFileName() + ":"
                            + source.substring(0, made.start()).lines().count() + " " + expression);
                }
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void noMessageSaysIsNo() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            Matcher text = IS_NO.matcher(Files.readString(file));
            while (text.find()) {
                if (!text.group().contains("there is no ") && !text.group().contains("There is no ")) {
                    found.add(file.getFileName() + " " + text.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theCheckSeesAHintOnlyInTheSameExpression() {
        String source = "throw Failure.invalid(\"a; b\" + (c)); x.hint(\"d\");";
        assertThat(source.substring(6, end(source, source.indexOf('(') + 1)))
                .isEqualTo("Failure.invalid(\"a; b\" + (c))");
    }

    /** Who cancels knows what they did, and a defect's next step is the log, which the report names. */
    private static boolean hasNextStep(String expression, String source, int start) {
        if (expression.contains(".hint(")
                || expression.contains("Code.CANCELLED")
                || expression.contains("Code.INTERNAL")
                || expression.startsWith("Failure.of(Failure.Code code")) {
            return true;
        }
        Matcher kept = KEPT_IN.matcher(source.substring(Math.max(0, start - 100), start));
        return kept.find() && source.substring(start).contains(kept.group(1) + ".hint(");
    }

    /** Where the expression ends that has an open bracket before this place. */
    private static int end(String source, int from) {
        int depth = 1;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"' || c == '\'') {
                i = literalEnd(source, i);
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            if (depth < 0 || (depth == 0 && (c == ';' || c == ','))) {
                return i;
            }
        }
        return source.length();
    }

    private static int literalEnd(String source, int start) {
        if (source.startsWith("\"\"\"", start)) {
            return source.indexOf("\"\"\"", start + 3) + 2;
        }
        for (int i = start + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.charAt(i) == source.charAt(start)) {
                return i;
            }
        }
        return source.length();
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("core", "launcher", "mcp", "shell")) {
            try (Stream<Path> found = Files.walk(Path.of("../katra-" + module + "/src/main/java"))) {
                found.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("failure/Failure.java"))
                        .forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(300);
        return files;
    }
}
