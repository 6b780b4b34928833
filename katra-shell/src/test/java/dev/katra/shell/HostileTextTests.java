package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.ServerAddress;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnTransfer;
import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageService;
import dev.katra.launcher.LauncherConfiguration;
import dev.katra.shell.console.CommandsConfiguration;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Json;
import dev.katra.shell.server.ServerStarter;
import dev.katra.shell.testing.TestCaller;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** No text that somebody else wrote does anything to a terminal, or hides there, whichever command prints it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // a store takes a while to open
class HostileTextTests {

    /** Each kind of character that must not reach a terminal. */
    private static final String HOSTILE = "\u001b]0;owned\u0007\u001b[2J\u009b31m\b\u007f\u202e\u2066\u200f\u061c\u200b"
            + "\u2060\ufeff\u2028\u2029\udb40\udc41\udb40\udc7f";

    private static final String MODEL = "big" + HOSTILE + "x".repeat(900);

    /** What is printed must have this, which tells that it came so far. */
    private static final String MARK = "gazebo";

    private static final Set<String> PRINT_STORED_TEXT = Set.of(
            "env",
            "forget",
            "hear",
            "history",
            "list",
            "memory edit",
            "memory export",
            "memory import",
            "memory reviewable",
            "memory show",
            "persona list",
            "personas",
            "providers",
            "recall",
            "recent",
            "remember",
            "say",
            "search",
            "server logs",
            "turns",
            "turns show",
            "usage",
            "who");

    /** What they print is names that can have no such character, numbers, the program's own words, or an error. */
    private static final Set<String> PRINT_NONE = Set.of(
            "attach",
            "backup",
            "claude install",
            "demo",
            "demo end",
            "demo play",
            "doctor",
            "help",
            "memory keep",
            "memory reindex",
            "memory review",
            "memory semantic off",
            "memory semantic on",
            "memory semantic status",
            "memory supersede",
            "persona remove",
            "persona removed",
            "persona touched",
            "persona rename",
            "persona retire",
            "restore",
            "resume",
            "server start",
            "server status",
            "server stop",
            "start",
            "stop",
            "turns forget",
            "turns import",
            "version",
            "wake");

    @TempDir
    static Path folder;

    private TestStore store;
    private CommandRegistry registry;
    private Dispatcher dispatcher;

    @BeforeAll
    void open() throws Exception {
        store = TestStore.open(folder, Clock.systemUTC(), context -> {
            context.registerBean(CommandsConfiguration.class);
            context.registerBean(LauncherConfiguration.class);
            context.registerBean(ServerStarter.class);
            context.registerBean(ServerAddress.class, () -> () -> URI.create("http://127.0.0.1:1"));
        });
        registry = store.bean(CommandRegistry.class);
        dispatcher = new Dispatcher(registry, null, caller -> caller);
        fill();
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void everyCommandIsLookedAt() {
        Set<String> all = new TreeSet<>(PRINT_STORED_TEXT);
        all.addAll(PRINT_NONE);
        assertThat(registry.getCommands().stream().map(Command::getName)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Stream.concat(printing().map(line -> line[0]), Stream.of("memory import"))
                        .map(HostileTextTests::command))
                .containsAll(PRINT_STORED_TEXT);
    }

    private static String command(String line) {
        return PRINT_STORED_TEXT.stream()
                .filter(name -> (line + " ").startsWith(name + " "))
                .max(Comparator.comparingInt(String::length))
                .orElse(line);
    }

    static Stream<String[]> printing() {
        return Stream.of(
                        "history",
                        "history --receipts",
                        "history --json",
                        "hear --as Ada",
                        "hear --as Eve --json",
                        "search gazebo --as Ada",
                        "search gazebo --json --as Ada",
                        "recall gazebo --as Ada",
                        "recall gazebo --json --as Ada",
                        "recent --as Ada",
                        "recent --json --as Ada",
                        "memory show 1 --as Ada",
                        "memory show 1 --json --as Ada",
                        "memory edit 2 gazebo --as Ada",
                        "memory export",
                        "memory reviewable --duplicates --as Ada",
                        "memory reviewable --json --as Ada",
                        "forget 2 --as Ada",
                        "forget 3 --json --as Ada",
                        "list",
                        "list --all",
                        "list --all --json",
                        "who",
                        "who --json",
                        "turns",
                        "turns --json",
                        "turns show 1",
                        "turns show 1 --json",
                        "usage --all",
                        "usage --all --json",
                        "persona list",
                        "persona list --json",
                        "personas",
                        "providers",
                        "providers --json",
                        "env --provider demo",
                        "env --provider demo --json",
                        "remember gazebo four --as Eve",
                        "say hello --as Ada",
                        "server logs")
                .map(line -> new String[] {line});
    }

    @ParameterizedTest
    @MethodSource("printing")
    void whatIsStoredDoesNothing(String line) {
        StringBuilder printed = new StringBuilder();
        for (String terminal : List.of("000", "111", "111:80")) {
            TestCaller caller = run(terminal, line.split(" "));
            assertHarmless(caller);
            printed.append(caller.out()).append(caller.err());
        }
        assertThat(printed).as(line).isNotBlank().doesNotContain("internal error");
    }

    @Test
    void theNamesOfModelsAreCut() {
        for (String line : List.of("list", "who", "usage --all", "providers", "memory show 1 --as Ada")) {
            assertThat(run("000", line.split(" ")).out().lines())
                    .as(line)
                    .allMatch(each -> each.length() < 600)
                    .anyMatch(each -> each.contains("owned") && each.contains("x…"));
        }
    }

    @ParameterizedTest
    @MethodSource("mistaken")
    void anErrorDoesNothing(List<String> words) {
        TestCaller caller = run("111", words.toArray(String[]::new));

        assertThat(caller.err()).startsWith("katra: ").doesNotContain("internal error");
        assertHarmless(caller);
    }

    static Stream<List<String>> mistaken() {
        String bad = MARK + HOSTILE;
        return Stream.of(
                List.of(bad),
                List.of("say", "--" + bad),
                List.of("say", "--to", bad, "hello"),
                List.of("say", "--as", bad, "hello"),
                List.of("memory", "show", bad),
                List.of("memory", "import", bad),
                List.of("start", bad),
                List.of("start", "--persona", "Eve", "--provider", bad),
                List.of("attach", bad),
                List.of("stop", bad),
                List.of("resume", bad),
                List.of("usage", bad),
                List.of("wake", "Sam", bad),
                List.of("recall", "--since", bad, "x"),
                List.of("recent", "--author", bad),
                List.of("restore", bad),
                List.of("backup", bad + "/x"),
                List.of("persona", "rename", "Sam", bad),
                List.of("server", "logs", "--lines", bad),
                List.of("who", bad));
    }

    @Test
    void whatCannotBeImportedDoesNothing() throws Exception {
        Path file = Files.writeString(
                folder.resolve(MARK + "\u202e\u200b\udb40\udc41.jsonl"),
                "{\"kind\":\"" + Json.of(HOSTILE).replace("\"", "") + "\"}\n" + MARK + HOSTILE + "\n");

        TestCaller caller = run("111", "memory", "import", file.toString());

        assertThat(caller.err()).isNotBlank();
        assertHarmless(caller);
    }

    private TestCaller run(String terminal, String... words) {
        TestCaller caller = TestCaller.of(words)
                .terminal(terminal)
                .home(store.home().root())
                .folder(folder)
                .variable("USER", "Ada")
                .variable("NO_COLOR", "1");
        dispatcher.dispatch(caller.caller());
        return caller;
    }

    private static void assertHarmless(TestCaller caller) {
        String printed = caller.out() + caller.err();
        assertThat(printed.codePoints()
                        .filter(c -> c != '\n' && c != '\t')
                        .filter(c -> Character.isISOControl(c)
                                || List.of((int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int)
                                                Character.PARAGRAPH_SEPARATOR)
                                        .contains(Character.getType(c)))
                        .mapToObj(c -> String.format("U+%04X", c)))
                .as(printed)
                .isEmpty();
    }

    private void fill() throws Exception {
        Actor ben = store.human("Ben");
        store.human("Ada");
        store.human("Eve");
        store.room().say(ben, new NewMessage(List.of("Ada"), MARK + HOSTILE, null), null);
        store.room().say(ben, NewMessage.toRoom(MARK + HOSTILE), null);
        store.bean(MemoryTransfer.class)
                .importAll(List.of(memory("u-1", ""), memory("u-2", "two"), memory("u-3", "three")));
        store.bean(TurnTransfer.class)
                .importAll(
                        List.of(new ImportedTurn(
                                new TurnKey("c1", "p1", false),
                                new TurnBody(MARK + HOSTILE, "answered " + HOSTILE),
                                Instant.now(),
                                Instant.now(),
                                "/work" + HOSTILE)),
                        store.personas().get("Ada"));
        long ended = session("Old");
        store.sessions().end(ended, "failed: " + HOSTILE);
        long live = session("Sam");
        store.bean(UsageService.class)
                .count(
                        live,
                        new CountedRequest(
                                new ModelTask("demo", MODEL, Purpose.CONVERSATION),
                                false,
                                new TokenCounts(1, 1, 0, 1),
                                Duration.ofMillis(1),
                                OptionalLong.empty()),
                        null);
        store.sessions().recordConnection(live);
        store.sessions().recordDialog(live, "permission for " + HOSTILE, true);
        Path root = store.home().create().root();
        Files.writeString(
                root.resolve("providers.conf"),
                "DEMO_MODEL=owned\u202e\u200b\udb40\udc41" + "x".repeat(200) + "\n"
                        + "DEMO_ENDPOINT=http://127.0.0.1:1/\u202e\n");
        Files.createDirectories(store.home().logs());
        Files.writeString(store.home().serverLog(), "said " + HOSTILE + "\n");
    }

    private static ExportedMemory memory(String uid, String more) {
        return ExportedMemory.single(
                uid,
                new MemoryAuthor("Ada", true),
                new NewMemory(MARK + HOSTILE + more, MemoryKind.NOTE, MemoryScope.TEAM, 3, List.of()),
                new MemoryOrigin(Instant.now(), "demo" + HOSTILE, MODEL, "/work" + HOSTILE, null));
    }

    private long session(String persona) {
        return store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource("demo", MODEL, "gateway"),
                        Place.TERMINAL,
                        Path.of("/work/" + HOSTILE),
                        new SessionPurpose("role " + HOSTILE, WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), true)))
                .session()
                .id();
    }
}
