package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService.PersonaSummary;
import dev.katra.core.persona.PersonaService.Standing;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.NewMessage;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnQuery;
import dev.katra.core.turn.TurnSearch;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.usage.Cost;
import dev.katra.core.usage.FirstTokens;
import dev.katra.core.usage.RequestCounts;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationTests {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    @TempDir
    Path folder;

    @Test
    void makesAHomeThatIsClosedToOthers() throws IOException {
        try (TestStore store = TestStore.open(folder)) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(store.home().root())))
                    .isEqualTo("rwx------");
            assertThat(store.home().database()).isRegularFile();
        }
    }

    @Test
    void appliesEveryMigrationOnce() throws IOException {
        TestStore.open(folder).close();
        try (TestStore store = TestStore.open(folder);
                Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(store.count("SELECT count(*) FROM flyway_schema_history WHERE success"))
                    .isEqualTo(files.count());
        }
    }

    @Test
    void usesTheDurableModes() {
        try (TestStore store = TestStore.open(folder)) {
            assertThat(store.writes()
                            .run(() -> List.of(
                                    pragma(store, "journal_mode"),
                                    pragma(store, "synchronous"),
                                    pragma(store, "foreign_keys"),
                                    pragma(store, "secure_delete"))))
                    .containsExactly("wal", "2", "1", "1");
            assertThat(store.reads().run(() -> pragma(store, "query_only"))).isEqualTo("1");
        }
    }

    @Test
    void refusesTheDatabaseOfANewerKatraAndLeavesItAlone() throws SQLException {
        TestStore.open(folder).close();
        execute("""
                INSERT INTO flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (999, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1, '', 1, 1)""");

        Throwable thrown = catchThrowable(() -> TestStore.open(folder).close());

        Failure failure = Stream.iterate(thrown, t -> t != null, Throwable::getCause)
                .filter(Failure.class::isInstance)
                .map(Failure.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(failure)
                .hasMessageContaining(TestStore.home(folder).database().toString())
                .hasMessageContaining("newer Katra (schema 999)");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("update this Katra"));
        execute("DELETE FROM flyway_schema_history WHERE version = '999'");
        TestStore.open(folder).close();
    }

    @Test
    void hasAFixtureOfEveryMigration() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(files.map(file ->
                            file.getFileName().toString().substring(0, 4).toLowerCase(Locale.ROOT)))
                    .allSatisfy(version ->
                            assertThat(FIXTURES.resolve(version + ".db")).exists());
        }
    }

    /** A fixture is the database that a released version wrote; it holds at least these rows. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void migratesTheDatabaseOfEveryReleasedVersion(Path fixture) throws IOException {
        Path database = TestStore.home(folder).create().database();
        Files.copy(fixture, database);
        try (TestStore store = TestStore.open(folder)) {
            var sam = store.personas().get("sam");
            assertThat(store.sessions().lastOf(sam))
                    .hasValueSatisfying(session -> assertThat(session.live()).isFalse());
            assertThat(store.room().history(new HistoryQuery(null, null, null, null, 10)))
                    .extracting(message -> message.said().text())
                    .containsExactly("hello room", "hello Sam");
            assertThat(store.room().unread(sam.id())).isOne();
            assertThat(store.memory()
                            .recall(store.human("ada"), RecallQuery.of("building"))
                            .found())
                    .extracting(found -> found.memory().body().content())
                    .containsExactly("the build needs JDK 17");
            assertThat(store.room()
                            .say(store.session("Sam"), NewMessage.toRoom("still here"), "c1")
                            .number())
                    .isEqualTo(3);
            assertThat(store.count("SELECT count(*) FROM pragma_foreign_key_check"))
                    .isZero();
        }
    }

    /** What version 2 added. */
    @Test
    void keepsTheEndpointsAndTheUsageOfVersion2() throws IOException {
        Files.copy(FIXTURES.resolve("v002.db"), TestStore.home(folder).create().database());
        try (TestStore store = TestStore.open(folder)) {
            var charlie = store.personas().get("Charlie");
            var session = store.sessions().lastOf(charlie).orElseThrow();
            assertThat(store.sessions().upstream(session.id())).hasValueSatisfying(upstream -> {
                assertThat(upstream.endpoint()).isEqualTo("https://api.example.com/v1");
                assertThat(upstream.protocol()).isEqualTo(Protocol.OPENAI_RESPONSES);
                assertThat(upstream.settings().prices()).isEqualTo("big=1/2");
            });
            assertThat(store.bean(UsageService.class).of(List.of(session.id())))
                    .containsEntry(
                            session.id(),
                            new Usage(
                                    new RequestCounts(2, 0, 0),
                                    new TokenCounts(200, 40, 6, 14),
                                    new FirstTokens(2, 3_000_000),
                                    new Cost(2, 0, 8_400, 0)));
        }
    }

    /** What version 4 added. */
    @Test
    void keepsTheRevisionsAndConfirmationsOfVersion4() throws IOException {
        Files.copy(FIXTURES.resolve("v004.db"), TestStore.home(folder).create().database());
        try (TestStore store = TestStore.open(folder)) {
            List<MemoryDetails> found =
                    store.memory().recall(store.human("ada"), RecallQuery.of("editor")).found().stream()
                            .map(RecallResult.RecalledMemory::memory)
                            .toList();
            assertThat(found)
                    .extracting(each -> each.body().content())
                    .containsExactly("the editor is emacs", "the editor is vi");
            assertThat(found).extracting(each -> each.confirmations().count()).containsExactly(1, 0);
            assertThat(found.get(1).lineage().supersededBy())
                    .isEqualTo(found.get(0).number());
            assertThat(found.get(0).lineage().supersedes())
                    .isEqualTo(found.get(1).number());
            assertThat(found.get(0).origin().provider()).isEqualTo("demo");
        }
    }

    /** What version 9 added. */
    @Test
    void keepsThoseWhoHaveBeenHereBeforeVersion9AndTheirMail() throws IOException, SQLException {
        Files.copy(FIXTURES.resolve("v008.db"), TestStore.home(folder).create().database());
        execute("""
                INSERT INTO persona (name, human, created_at) VALUES ('Imported', 0, 1);
                INSERT INTO delivery (persona_id, message_id)
                SELECT p.id, m.id FROM persona p, message m WHERE p.name = 'Imported' AND m.to_room""");
        try (TestStore store = TestStore.open(folder)) {
            assertThat(store.personas().all())
                    .extracting(Persona::name)
                    .containsExactlyInAnyOrder("Sam", "Dario", "Charlie", "ada");
            assertThat(store.personas().summaries())
                    .filteredOn(each -> each.name().equals("Imported"))
                    .containsExactly(new PersonaSummary("Imported", false, Standing.AUTHOR, 0, 0, 0, 0));
        }
    }

    /** What version 12 added. */
    @Test
    void keepsTheTurnsOfVersion12() throws IOException {
        Files.copy(FIXTURES.resolve("v012.db"), TestStore.home(folder).create().database());
        try (TestStore store = TestStore.open(folder)) {
            long sam = store.personas().get("Sam").id();
            assertThat(store.bean(TurnSearch.class).find(new TurnQuery(null, "the port", "Sam", null, 5)))
                    .extracting(found -> found.turn().body())
                    .containsExactly(new TurnBody("which port?", "It has 5544."));
            assertThat(store.bean(TurnService.class).count(TurnSelection.ALL.of(sam)))
                    .isOne();
        }
    }

    static List<Path> fixtures() {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pragma(TestStore store, String name) {
        return store.jdbc().sql("PRAGMA " + name).query(String.class).single();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + TestStore.home(folder).database());
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
