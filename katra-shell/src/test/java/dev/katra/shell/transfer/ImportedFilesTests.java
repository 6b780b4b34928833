package dev.katra.shell.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.ImportCounts;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.shell.console.Json;
import dev.katra.shell.testing.TestCaller;
import dev.katra.shell.transfer.claude.ClaudeMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the lines of files that other programs, or Katra, have written. */
class ImportedFilesTests {

    private static final MemoryAuthor ADA = new MemoryAuthor("Ada", true);
    private static final Instant AT = Instant.parse("2026-03-14T09:00:00Z");

    @TempDir
    Path folder;

    private final List<ExportedMemory> taken = new ArrayList<>();
    private final TestCaller caller = TestCaller.of("memory", "import");
    private final ImportBatch intake = new ImportBatch(
            batch -> {
                taken.addAll(batch);
                return new ImportCounts(batch.size(), 0);
            },
            caller.caller());

    @Test
    void anExportComesBackAsItWas() {
        ExportedMemory memory = new ExportedMemory(
                "u-1",
                new MemoryAuthor("Sam", false),
                new NewMemory("two\nlines", MemoryKind.DECISION, MemoryScope.PRIVATE, 5, List.of("a", "b")),
                new MemoryOrigin(AT, "demo", "demo-1", "/work", "s-1"),
                new ExportedMemory.Predecessors("u-0", "u-x", List.of("u-4")),
                new ExportedMemory.Standing(true, "u-2", List.of("u-3")),
                new MemoryConfirmations(2, AT.plusSeconds(60)));

        katra(Json.of(KatraExportFormat.header()), Json.of(MemoryJson.of(memory)));

        assertThat(taken).containsExactly(memory);
    }

    @Test
    void aLineNeedsNothingButItsContent() {
        katra("{\"content\":\"by hand\",\"kind\":\"fact\"}", "", "{\"content\":\"by hand\"}");

        assertThat(taken).hasSize(2).allSatisfy(memory -> {
            assertThat(memory.author().name()).isEqualTo("Ada");
            assertThat(memory.author().human()).isTrue();
            assertThat(memory.origin().at()).isEqualTo(AT);
            assertThat(memory.uid()).isEqualTo(taken.get(0).uid());
        });
        assertThat(taken.get(0).memory().body().kind()).isEqualTo(MemoryKind.FACT);
    }

    @Test
    void whatCannotBeTakenIsToldAndTheRestGoesOn() {
        katra(
                "{\"content\":\"first\"}",
                "no json",
                "{\"content\":\" \"}",
                "{\"content\":\"" + "x".repeat(NewMemory.MAX_BYTES + 1) + "\"}",
                "{\"content\":\"last\"}");

        assertThat(taken).extracting(memory -> memory.memory().body().content()).containsExactly("first", "last");
        assertThat(intake.refused()).isEqualTo(3);
        assertThat(caller.err().lines())
                .hasSize(3)
                .element(0)
                .asString()
                .startsWith("not imported: file, line 2: it is not a memory in JSON");
        assertThat(caller.err())
                .contains(
                        "not imported: file, line 3: the memory is empty",
                        "not imported: file, line 4: the memory has 65537 bytes, and the limit is 65536");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"content\":\"x\",\"author\":\"not a name\"}",
                "{\"content\":\"x\",\"tags\":[null]}",
                "{\"content\":\"x\",\"uid\":\"\"}",
                "{\"content\":\"x\",\"uid\":\"a\\u0000b\"}",
                "{\"content\":\"x\",\"confirmations\":-1}",
                "{\"content\":\"x\",\"confirmations\":2147483647}",
                "{\"content\":\"x\",\"confirmations\":99999999999}",
                "{\"content\":\"x\",\"confirmedAt\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"content\":\"x\",\"confirmedAt\":\"-1000000000-01-01T00:00:00Z\"}",
                "{\"content\":\"x\",\"importance\":9}",
                "{\"content\":\"x\",\"importance\":{}}",
                "{\"content\":\"x\",\"human\":\"perhaps\"}",
                "{\"content\":\"x\",\"provider\":\"\"}",
                "{\"content\":\"x\",\"at\":\"+300000000-01-01T00:00:00Z\"}",
                "{\"content\":\"x\",\"at\":\"1815-12-10T00:00:00Z\"}"
            })
    void aLineThatIsNoMemoryIsRefusedByItself(String line) {
        katra("{\"content\":\"first\"}", line, "{\"content\":\"last\"}");

        assertThat(taken).extracting(memory -> memory.memory().body().content()).containsExactly("first", "last");
        assertThat(caller.err()).startsWith("not imported: file, line 2: ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"confirmations\":2147483647|confirmations is 2147483647, and must be 0 to 1000000",
                "\"confirmations\":99999999999|confirmations ",
                "\"confirmedAt\":\"+1000000000-12-31T23:59:59Z\"|confirmedAt is +1000000000-12-31T23:59:59Z, and must be",
                "\"at\":\"soon\"|at cannot be",
                "\"importance\":{}|importance ",
                "\"tags\":\"a\"|tags ",
                "\"provider\":\"\"|the provider is empty",
            })
    void theFieldIsNamedAndTheNextStep(String field, String said) {
        katra("{\"content\":\"x\"," + field + "}");

        assertThat(taken).isEmpty();
        assertThat(caller.err())
                .startsWith("not imported: file, line 1: " + said)
                .endsWith(")\n");
    }

    @Test
    void whatTheStoreRefusesIsToldAndTheRestOfItsBatchIsStored() {
        List<ExportedMemory> stored = new ArrayList<>();
        ImportBatch picky = new ImportBatch(
                batch -> {
                    if (batch.stream()
                            .anyMatch(each -> each.memory().body().content().contains("bad"))) {
                        throw Failure.invalid("not this one").hint("leave it out");
                    }
                    stored.addAll(batch);
                    return new ImportCounts(batch.size(), 0);
                },
                caller.caller());
        String lines = IntStream.rangeClosed(1, 500)
                .mapToObj(n -> "{\"content\":\"" + (n % 100 == 7 ? "bad " : "good ") + n + "\"}\n")
                .collect(Collectors.joining());

        read(lines, picky);

        assertThat(picky.finish()).isEqualTo(new ImportCounts(495, 0));
        assertThat(picky.refused()).isEqualTo(5);
        assertThat(stored).hasSize(495);
        assertThat(caller.err()).contains("not imported: file, line 7: not this one (leave it out)\n", "line 407: ");
    }

    @Test
    void aLineThatIsTooLongIsNotHeldAndTheRestGoesOn() {
        read("{\"content\":\"a\"}\n" + "x".repeat(1024 * 1024 + 1) + "\r\n{\"content\":\"b\"}", intake);
        intake.finish();

        assertThat(taken).extracting(memory -> memory.memory().body().content()).containsExactly("a", "b");
        assertThat(caller.err()).startsWith("not imported: file, line 2: it is longer than 1 MiB");
    }

    @Test
    void aLineThatIsNoTextIsToldAndTheRestGoesOn() {
        String text = "{\"content\":\"e\"}\n".repeat(5_000) + "\"ÿ\"\n{\"content\":\"last\"}";
        read(text.getBytes(StandardCharsets.ISO_8859_1), intake);
        intake.finish();

        assertThat(taken).hasSize(5_001);
        assertThat(caller.err())
                .isEqualTo("not imported: file, line 5001: it is not text in UTF-8"
                        + " (convert the file: iconv -t UTF-8)\n");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}, intake))
                .hasMessage("file is not text in UTF-8");
    }

    private static void read(String text, ImportBatch intake) {
        read(text.getBytes(StandardCharsets.UTF_8), intake);
    }

    private static void read(byte[] text, ImportBatch intake) {
        try {
            KatraExportFormat.read(new ByteArrayInputStream(text), "file", ADA, AT, intake);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKindThatIsNoneIsNamed() {
        katra("{\"content\":\"x\",\"kind\":\"idea\"}");

        assertThat(caller.err())
                .isEqualTo("not imported: file, line 1: kind cannot be \"idea\" (a line is an object as katra"
                        + " memory export writes it)\n");
    }

    @Test
    void whatCannotBeTakenDoesNothingToTheTerminal() {
        intake.add("file \u001b[31m", () -> {
            throw Failure.invalid("bad \u0007");
        });

        assertThat(caller.err()).isEqualTo("not imported: file \u241b[31m: bad \u2407\n");
    }

    @Test
    void aFileOfAnotherFormatIsNotTakenApart() {
        assertThatThrownBy(() -> katra("{\"format\":\"katra-memory\",\"version\":2}"))
                .isInstanceOf(Failure.class)
                .hasMessage("this export is of format 2, and this Katra reads 1");
        assertThatThrownBy(() -> katra("{\"type\":\"entity\",\"name\":\"x\",\"observations\":[]}"))
                .isInstanceOf(Failure.class)
                .hasMessage("this is a file of server-memory");
        assertThatThrownBy(() -> server(Json.of(KatraExportFormat.header())))
                .isInstanceOf(Failure.class)
                .hasMessage("this is an export of Katra's own");
    }

    @Test
    void everyObservationAndRelationOfServerMemoryIsAFact() throws IOException {
        server(
                "{\"type\":\"entity\",\"name\":\"Ada\",\"entityType\":\"person\","
                        + "\"observations\":[\"likes tea\",\"owns the build\"]}",
                "{\"type\":\"entity\",\"name\":\"Depot\",\"entityType\":\"service\",\"observations\":[]}",
                "{\"type\":\"relation\",\"from\":\"Ada\",\"to\":\"Depot\",\"relationType\":\"maintains\"}",
                "{\"type\":\"other\"}");
        intake.finish();

        assertThat(taken)
                .extracting(memory -> memory.memory().body().content())
                .containsExactly(
                        "Ada (person): likes tea",
                        "Ada (person): owns the build",
                        "Depot (service)",
                        "Ada maintains Depot");
        assertThat(taken).allSatisfy(memory -> {
            assertThat(memory.memory().body().kind()).isEqualTo(MemoryKind.FACT);
            assertThat(memory.memory().body().tags()).containsExactly("server-memory");
            assertThat(memory.origin().at()).isEqualTo(AT);
        });
        assertThat(caller.err())
                .isEqualTo("not imported: memory.jsonl, line 4: it is neither an entity nor a relation (its lines"
                        + " have type entity or relation)\n");
    }

    @Test
    void aMemoryOfClaudeCodeKeepsItsDescriptionTypeAndTime() {
        claude("""
                ---
                name: round-half-even
                description: "Invoices are rounded half to even"
                metadata:
                  type: feedback
                  originSessionId: 1c
                  modified: 2026-02-01T10:00:00.000Z
                ---

                Use HALF_EVEN in Money.

                **Why:** the auditors want it.
                """);

        assertThat(taken).singleElement().satisfies(memory -> {
            assertThat(memory.memory().body().content())
                    .isEqualTo("Invoices are rounded half to even\n\n"
                            + "Use HALF_EVEN in Money.\n\n**Why:** the auditors want it.");
            assertThat(memory.memory().body().kind()).isEqualTo(MemoryKind.DECISION);
            assertThat(memory.memory().body().tags()).containsExactly("claude-code", "feedback", "round-half-even");
            assertThat(memory.origin().at()).isEqualTo("2026-02-01T10:00:00Z");
            assertThat(memory.origin().folder()).isEqualTo("/work");
        });
    }

    @Test
    void aDescriptionMayGoOnBelowItsKey() {
        FrontMatter folded = FrontMatter.of("---\ndescription: >-\n  one: and\n  two\ntype: user\n---\nbody");

        assertThat(folded.values()).containsEntry("description", "one: and two").containsEntry("type", "user");
        assertThat(folded.body()).isEqualTo("body");
        assertThat(FrontMatter.of("---\nnever closed").values()).isEmpty();
    }

    @Test
    void instructionsBecomeANoteForEachSection() {
        claude("""
                # Project

                ## Build
                Use make.

                ```sh
                # not a heading
                make all
                ```
                ### Detail
                Two cores.

                ## Memory index
                - [Rounding](round.md): half to even
                """);

        assertThat(taken)
                .extracting(memory -> memory.memory().body().content())
                .containsExactly("Build\nUse make.\n\n```sh\n# not a heading\nmake all\n```\n### Detail\nTwo cores.");
        assertThat(taken).extracting(memory -> memory.memory().body().kind()).containsExactly(MemoryKind.NOTE);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new ClaudeMemory().files(folder.resolve("none")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
                    assertThat(failure.text()).isEqualTo("there is no " + folder.resolve("none"));
                });
    }

    @Test
    void theTranscriptsSayWhereAProjectIs() throws IOException {
        Path project = folder.resolve("projects/-srv-caf--app");
        Files.createDirectories(project.resolve("memory/topics"));
        Files.createDirectories(folder.resolve("projects/-without-memory"));
        Files.writeString(folder.resolve("CLAUDE.md"), "mine");
        Files.writeString(project.resolve("memory/MEMORY.md"), "- [A](a.md)");
        Files.writeString(project.resolve("memory/topics/a.md"), "a");
        Files.writeString(project.resolve("memory/a.txt"), "no");
        Files.writeString(
                project.resolve("1.jsonl"), "{\"type\":\"summary\"}\n{\"cwd\":\"/srv/café/app\",\"type\":\"user\"}\n");

        assertThat(new ClaudeMemory().files(folder))
                .containsExactly(
                        new AgentMemory.MemoryFile(folder.resolve("CLAUDE.md"), null),
                        new AgentMemory.MemoryFile(project.resolve("memory/MEMORY.md"), "/srv/café/app"),
                        new AgentMemory.MemoryFile(project.resolve("memory/topics/a.md"), "/srv/café/app"));
        assertThat(new ClaudeMemory().files(project.resolve("memory"))).hasSize(2);
        assertThat(new ClaudeMemory().files(folder.resolve("CLAUDE.md")))
                .containsExactly(new AgentMemory.MemoryFile(folder.resolve("CLAUDE.md"), folder.toString()));
    }

    private void katra(String... lines) {
        read(String.join("\n", lines), intake);
        intake.finish();
    }

    private void server(String... lines) throws IOException {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        ServerMemoryReader.read(new ByteArrayInputStream(text), "memory.jsonl", ADA, AT, intake);
    }

    private void claude(String text) {
        new ClaudeMemory().read(new AgentMemory.MemoryText("file.md", text, AT, "/work"), ADA, intake);
        intake.finish();
    }
}
