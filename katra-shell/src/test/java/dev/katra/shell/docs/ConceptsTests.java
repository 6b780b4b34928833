package dev.katra.shell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.ReviewReason;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.PastMessage;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.upstream.Judge;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.UsageSource;
import dev.katra.core.wake.NotWoken;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.RealCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The glossary and the program have the same words: {@code docs/concepts.md} explains what they print, store and take. */
class ConceptsTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TERM = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern VALUE = Pattern.compile("(?<!\\*)\\*([^*]+)\\*(?!\\*)|(?m)^\\| ([a-z][a-z -]*) \\|");

    /** The entry that explains the values of an enum. */
    private static final Map<String, List<Class<? extends ExternallyNamed>>> ENTRIES = Map.ofEntries(
            Map.entry("Session", List.of(SessionState.class)),
            Map.entry("Place", List.of(Place.class)),
            Map.entry("Protocol", List.of(Protocol.class)),
            Map.entry("Route", List.of(Route.class)),
            Map.entry("Judge", List.of(Judge.Kind.class)),
            Map.entry("Usage", List.of(Purpose.class, UsageSource.class)),
            Map.entry("Standing", List.of(PersonaService.Standing.class)),
            Map.entry("Receipt", List.of(PastMessage.Delivery.class)),
            Map.entry("Waking", List.of(WakePolicy.class)),
            Map.entry("Not woken", List.of(NotWoken.Reason.class)),
            Map.entry("Memory", List.of(MemoryKind.class, MemoryScope.class)),
            Map.entry("Review", List.of(ReviewReason.class)));

    /** Enums whose values another page explains, or that are the words of others. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "Quirk", "docs/guides/providers.md",
            "Effort", "docs/guides/providers.md",
            "Auth", "docs/guides/providers.md",
            "UsageGrouping", "docs/guides/usage.md",
            "StopReason", "the Messages API");

    /** Words of commands, tools and tables that mean what they mean everywhere. */
    private static final Set<String> PLAIN = Set.of(
            "attach",
            "doctor",
            "edit",
            "end",
            "env",
            "export",
            "hear",
            "help",
            "import",
            "index",
            "install",
            "list",
            "play",
            "remember",
            "recent",
            "reindex",
            "removal",
            "remove",
            "rename",
            "restore",
            "retire",
            "say",
            "search",
            "show",
            "start",
            "status",
            "stop",
            "touched",
            "version",
            "whoami");

    /** Words that another has replaced, each with that. */
    private static final Map<String, String> REPLACED = Map.of(
            "\\b(waits? for|from|until) the word\\b", "the wake signal",
            "\\bwaiters?\\b", "the script that waits for mail",
            "\\bunwoken\\b", "not woken");

    @TempDir
    Path folder;

    @Test
    void everyValueIsExplainedAndNoOther() throws IOException {
        Map<String, String> entries = entries();
        ENTRIES.forEach((term, enums) -> {
            Set<String> names = new TreeSet<>();
            enums.forEach(type -> names.addAll(externalNames(type)));
            assertThat(entries).containsKey(term);
            assertThat(values(entries.getOrDefault(term, "")))
                    .as("the values in the entry %s", term)
                    .isEqualTo(names);
        });
        Set<String> others = new TreeSet<>(entries.keySet());
        others.removeAll(ENTRIES.keySet());
        assertThat(others).allSatisfy(term -> assertThat(values(entries.getOrDefault(term, "")))
                .as("values in the entry %s", term)
                .isEmpty());
    }

    @Test
    void everyEnumWithExternalNamesHasItsEntry() {
        Set<String> known = new TreeSet<>(ELSEWHERE.keySet());
        ENTRIES.values().stream().flatMap(List::stream).forEach(type -> known.add(type.getSimpleName()));
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes()) {
            if (type.isEnum() && type.isAssignableTo(ExternallyNamed.class)) {
                found.add(type.getSimpleName());
            }
        }
        assertThat(found).isEqualTo(known);
    }

    @Test
    void everyTermStandsInTheCode() throws IOException {
        List<String> names = new ArrayList<>(tables());
        classes().forEach(type -> {
            names.add(type.getSimpleName());
            type.getMembers().forEach(member -> names.add(member.getName()));
        });
        Set<String> spelled = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replace("_", ""))
                .collect(Collectors.toSet());
        List<String> missing = entries().keySet().stream()
                .flatMap(term -> Stream.of(term.toLowerCase(Locale.ROOT).split(" ", -1)))
                .filter(word -> spelled.stream().noneMatch(name -> name.contains(word)))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyWordOfACommandAToolAndATableIsExplainedOrPlain() throws IOException {
        Set<String> used = new TreeSet<>();
        try (RealCommands commands = new RealCommands()) {
            commands.registry()
                    .getCommands()
                    .forEach(command -> used.addAll(List.of(command.getName().split(" ", -1))));
        }
        toolNames()
                .forEach(name -> used.addAll(List.of(name.replace("katra_", "").split("_", -1))));
        tables().forEach(name -> used.addAll(List.of(name.split("_", -1))));
        assertThat(used).contains("say", "whoami", "delivery");

        String explained = Files.readString(ROOT.resolve("docs/concepts.md")).toLowerCase(Locale.ROOT);
        Set<String> unexplained = used.stream()
                .filter(word -> !Pattern.compile("\\b" + word + "\\b")
                        .matcher(explained)
                        .find())
                .filter(word -> !Pattern.compile("\\b" + word.replaceFirst("s$", "") + "\\b")
                        .matcher(explained)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(without(unexplained, PLAIN)).as("words to explain").isEmpty();
        assertThat(without(PLAIN, unexplained))
                .as("plain words that are not needed")
                .isEmpty();
    }

    @Test
    void aReplacedWordIsNeitherShownNorWritten() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : shownTexts()) {
            String text = Files.readString(file);
            String shown = file.toString().endsWith(".java") ? texts(text) : text;
            REPLACED.forEach((word, now) -> {
                Matcher place = Pattern.compile(word, Pattern.CASE_INSENSITIVE).matcher(shown);
                if (place.find()) {
                    found.add(ROOT.relativize(file) + ": \"" + place.group() + "\" is " + now);
                }
            });
        }
        assertThat(found).isEmpty();
    }

    /** The documents for users, and all code, of which only the texts count. */
    private static List<Path> shownTexts() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("SECURITY.md")));
        for (String part : List.of("docs", "katra-core", "katra-launcher", "katra-mcp", "katra-shell")) {
            Path root = part.equals("docs")
                    ? ROOT.resolve(part)
                    : ROOT.resolve(part).resolve("src/main/java");
            try (Stream<Path> found = Files.walk(root)) {
                found.filter(file -> file.toString().matches(".*\\.(md|java)"))
                        .filter(file -> !file.startsWith(ROOT.resolve("docs/decisions")))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String texts(String source) {
        return Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL)
                .matcher(source)
                .results()
                .map(text -> text.group())
                .collect(Collectors.joining("\n"));
    }

    /** The entries by their terms; a term within an entry has that entry too. */
    private static Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : Files.readString(ROOT.resolve("docs/concepts.md")).split("\\n\\n(?=\\*\\*)", -1)) {
            if (entry.startsWith("**")) {
                Matcher term = TERM.matcher(entry);
                while (term.find()) {
                    String word = term.group(1);
                    entries.put(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1), entry);
                }
            }
        }
        return entries;
    }

    private static Set<String> values(String entry) {
        Set<String> values = new TreeSet<>();
        Matcher value = VALUE.matcher(entry);
        while (value.find()) {
            values.add(value.group(1) == null ? value.group(2) : value.group(1));
        }
        values.removeAll(Set.of("state", "route", "reason")); // heads of tables
        return values;
    }

    private static Set<String> externalNames(Class<? extends ExternallyNamed> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(ExternallyNamed::externalName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> tables() {
        try (TestStore store = TestStore.open(folder)) {
            return store.reads().run(() -> store.jdbc()
                    .sql("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
                            + " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'flyway%'"
                            + " AND name NOT GLOB '*_index_*'") // what FTS5 keeps behind an index
                    .query(String.class)
                    .list());
        }
    }

    /** The tools by the page on them, which another test holds against the server. */
    private static List<String> toolNames() throws IOException {
        return Pattern.compile("(?m)^## (katra_\\w+)$")
                .matcher(Files.readString(ROOT.resolve("docs/reference/mcp-tools.md")))
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }

    private static Set<String> without(Set<String> words, Set<String> others) {
        Set<String> left = new TreeSet<>(words);
        left.removeAll(others);
        return left;
    }

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.katra");
    }
}
