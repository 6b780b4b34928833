package dev.katra.shell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code says in plain English what it does: in its Javadoc, in its messages, and with one name for one thing. */
class PlainWordsTests {

    private static final List<String> MODULES = List.of("core", "launcher", "mcp", "shell");

    /** The words with which a Javadoc begins that is no sentence; {@code bench/code} counts by them too. */
    private static final Path FRAGMENT_WORDS = Path.of("../bench/src/code/fragments.txt");

    private static final Pattern IS_NO =
            Pattern.compile("\"[^\"\\n]*(?<!there )\\b(?:is|are) no (?!longer|such|more|other|new)[^\"\\n]*\"");

    @Test
    void javadocBeginsWithASentence() throws IOException {
        String words = String.join("|", Files.readAllLines(FRAGMENT_WORDS));
        assertThat(found(Pattern.compile("/\\*\\*[\\s*]*((?:" + words + ")\\b[^.*]*)")))
                .isEmpty();
    }

    @Test
    void aMessageSaysIsNotA() throws IOException {
        assertThat(found(IS_NO)).isEmpty();
    }

    @Test
    void noTwoTypesHaveTheSameName() throws IOException {
        Map<String, List<Path>> types = new TreeMap<>();
        for (Path source : sources()) {
            String name = source.getFileName().toString();
            if (!name.equals("package-info.java")) {
                types.computeIfAbsent(name, key -> new ArrayList<>()).add(source);
            }
        }
        assertThat(types.values()).isNotEmpty().allSatisfy(same -> assertThat(same)
                .hasSize(1));
    }

    private static List<String> found(Pattern fault) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            Matcher place = fault.matcher(Files.readString(source));
            while (place.find()) {
                found.add(source.getFileName() + ": "
                        + place.group(place.groupCount()).strip());
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../katra-" + module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(600);
        return sources;
    }
}
