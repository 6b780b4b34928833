package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.testing.TestStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a newer truth comes to stand before an older one. */
class NewTruthTests extends WithMemory {

    private Actor ada;

    @BeforeEach
    void meet() {
        ada = store.human("Ada");
    }

    @Test
    void theNewerOfTwoThatAreNearlyEqualStandsFirst() {
        remember(sam, "Staging runs on port 5544.");
        clock.advance(Duration.ofHours(1));
        remember(dario, "Staging runs on port 5544");
        clock.advance(Duration.ofHours(1));
        long newest = remember(sam, "Staging runs on port 6655 since today.");
        for (int n = 0; n < 30; n++) {
            remember(dario, "another topic " + n);
        }
        assertThat(found("which port does staging run on?")).startsWith("Staging runs on port 6655 since today.");

        clock.advance(Duration.ofHours(1));
        remember(dario, "Staging runs on port 5544");
        assertThat(found("which port does staging run on?")).startsWith("Staging runs on port 5544");
        assertThat(newest).isPositive();
    }

    @Test
    void theNewerDoesNotStandBeforeWhatHasMoreOfTheQuestion() {
        remember(sam, "Staging runs on port 5544.");
        clock.advance(Duration.ofDays(1));
        remember(sam, "Production runs on port 7000.");
        assertThat(found("which port does staging run on?")).startsWith("Staging runs on port 5544.");
        assertThat(found("which port?")).startsWith("Production runs on port 7000.");
    }

    @Test
    void theSameButForCaseBlanksAndFinalPunctuationIsAConfirmation() {
        long first = remember(sam, "Staging runs on port 5544.");
        for (String again : List.of(
                "staging runs on port 5544",
                "Staging  runs on\nport 5544!",
                "STAGING RUNS ON PORT 5544.",
                " Staging runs on port 5544... ")) {
            RememberResult result = memory.remember(sam, NewMemory.note(again), null);
            assertThat(result.confirmed()).as(again).isTrue();
            assertThat(result.number()).isEqualTo(first);
            assertThat(result.memory().body().content()).isEqualTo("Staging runs on port 5544.");
        }
        for (String other : List.of(
                "Staging runs on port 5544?", "Staging runs on port 55 44.", "Staging runs on port 5544 (db)")) {
            assertThat(memory.remember(sam, NewMemory.note(other), null).confirmed())
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void aMemoryOfAnOlderVersionIsConfirmedByItsExactContentAtOnceAndByTheRestLater() throws Exception {
        long exact = remember(sam, "Exact.");
        long other = remember(sam, "Other.");
        store.writes()
                .run(() ->
                        store.jdbc().sql("UPDATE memory SET same_hash = NULL").update());
        assertThat(remember(sam, "Exact.")).isEqualTo(exact);
        store.close();
        store = TestStore.open(folder, clock);
        memory = store.memory();
        Persona persona = store.personas().get("Sam");
        Actor again = new Actor(persona.id(), persona.name(), false, null);
        while (store.count("SELECT count(*) FROM memory WHERE same_hash IS NULL") > 0) {
            Thread.onSpinWait();
        }
        assertThat(memory.remember(again, NewMemory.note("other"), null).number())
                .isEqualTo(other);
    }

    @Test
    void theNearestThatHoldsIsTold() {
        remember(dario, "The release notes are written by Ann");
        long old = remember(dario, "Staging runs on port 5544.");
        MemoryDetails next = memory.remember(sam, NewMemory.note("Staging runs on port 6655 since today."), null)
                .memory();
        assertThat(memory.nearest(sam, next)).map(MemoryDetails::number).contains(old);
        memory.supersede(ada, old, next.number());
        assertThat(memory.nearest(sam, next)).isEmpty();
    }

    @Test
    void theNearestHasTheSameReaders() {
        NewMemory hidden =
                new NewMemory("Staging runs on port 5544.", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of());
        memory.remember(dario, hidden, null);
        memory.remember(sam, hidden, null);
        MemoryDetails open = memory.remember(sam, NewMemory.note("Staging runs on port 6655."), null)
                .memory();
        assertThat(memory.nearest(sam, open)).isEmpty();
        MemoryDetails own = memory.remember(
                        sam,
                        new NewMemory("Staging runs on port 7766", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()),
                        null)
                .memory();
        assertThat(memory.nearest(sam, own)).hasValueSatisfying(near -> {
            assertThat(near.author().name()).isEqualTo("Sam");
            assertThat(near.body().content()).endsWith("5544.");
        });
    }

    /** What holds, and what replaces it; each is said among all the others. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("Staging runs on port 5544.", "Staging runs on port 6655 since today."),
            Map.entry("We release on Thursdays", "We release on Fridays now"),
            Map.entry("The build needs JDK 17", "The build needs JDK 21 from now on"),
            Map.entry("API tokens expire after 30 days", "API tokens now expire after 7 days"),
            Map.entry("The nightly backup runs at 02:00 on db1", "The nightly backup was moved to 04:00 on db1"),
            Map.entry("Code reviews need one approval", "Code reviews need two approvals since the incident"),
            Map.entry("Deployments go through Jenkins", "Deployments go through GitHub Actions, no longer Jenkins"),
            Map.entry("Der Mailserver läuft auf Port 25", "Der Mailserver läuft seit heute auf Port 587"),
            Map.entry("maxRetryCount is 5", "max_retry_count is 8 now"),
            Map.entry("Production database is PostgreSQL 14", "The prod db is PostgreSQL 16 after the upgrade"),
            Map.entry("Ann owns the billing service", "Ben owns the billing service since Ann left"),
            Map.entry("Feature flags live in flags.yaml", "Feature flags live in LaunchDarkly, not in flags.yaml"));

    private static final List<String> UNRELATED = List.of(
            "The walrus wakes at six",
            "The build of the docs fails on Windows because of long paths",
            "The API gateway logs to /var/log/gateway.log",
            "Nightly tests take 40 minutes on two cores",
            "The code of the parser is in C++",
            "Deployments to production need a ticket",
            "Der Zahlungsabgleich läuft nachts",
            "the max upload size is 20 MB",
            "The database migration took 3 hours on Sunday",
            "Ann is on holiday until Monday",
            "Secrets live in the vault",
            "Production runs on port 8080");

    @Test
    void amongManyTheReplacedOneIsTheNearestAndWhatIsAboutSomethingElseHasNone() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        REPLACED.keySet().forEach(old -> numbers.put(old, remember(dario, old)));
        REPLACED.forEach((old, next) -> assertThat(nearest(next)).as(next).isEqualTo(numbers.get(old)));
        UNRELATED.forEach(text -> assertThat(nearest(text)).as(text).isNull());
    }

    /** Returns the number of the nearest memory to a new one, which is forgotten again; null if there is none. */
    private @Nullable Long nearest(String content) {
        MemoryDetails said = memory.remember(sam, NewMemory.note(content), null).memory();
        Long near = memory.nearest(sam, said).map(MemoryDetails::number).orElse(null);
        memory.forget(sam, said.number());
        return near;
    }

    @Test
    void aColleaguesFactIsContradictedAndBothSaySo() {
        long wrong = remember(dario, "Staging runs on port 5544.");
        clock.advance(Duration.ofHours(1));
        RememberResult right = memory.remember(sam, NewMemory.note("Staging runs on port 6655."), "c1", wrong);
        assertThat(memory.remember(sam, NewMemory.note("Staging runs on port 6655."), "c1", wrong))
                .isEqualTo(new RememberResult(right.memory(), false));
        assertThat(lineage(wrong).contradictedBy())
                .containsExactly(new Contradiction(right.number(), "Sam", clock.instant()));
        assertThat(lineage(right.number()).contradicts())
                .containsExactly(new Contradiction(wrong, "Dario", clock.instant()));
        assertThat(recalled("staging port"))
                .allSatisfy(each -> assertThat(each.lineage().contradictedBy().size()
                                + each.lineage().contradicts().size())
                        .isOne());
        assertThat(memory.show(dario, wrong).requested().lineage().contradictedBy())
                .hasSize(1);
    }

    @Test
    void whatWasSaidBeforeContradictsWithoutAConfirmation() {
        long wrong = remember(dario, "Staging runs on port 5544.");
        long right = remember(sam, "Staging runs on port 6655.");
        RememberResult marked = memory.remember(sam, NewMemory.note("staging runs on port 6655"), "c2", wrong);
        assertThat(marked.number()).isEqualTo(right);
        assertThat(marked.memory().confirmations().count()).isZero();
        assertThat(lineage(wrong).contradictedBy())
                .extracting(Contradiction::number)
                .containsExactly(right);
    }

    @Test
    void onlyAnothersThatHoldsCanBeContradicted() {
        long own = remember(sam, "Staging runs on port 5544.");
        assertThat(refused(own)).hasMessage("memory " + own + " is your own");
        long next = memory.edit(sam, own, MemoryChange.content("Staging runs on port 1."), null)
                .number();
        assertThat(catchThrowableOfType(Failure.class, () -> memory.remember(dario, NewMemory.note("no"), null, own)))
                .hasMessage("memory " + own + " is superseded by memory " + next);
        assertThat(refused(99).code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(store.count("SELECT count(*) FROM memory_contradiction")).isZero();
    }

    private Failure refused(long number) {
        return catchThrowableOfType(Failure.class, () -> memory.remember(sam, NewMemory.note("no"), null, number));
    }

    @Test
    void aPersonSettlesItByKeepingTheOne() {
        long wrong = contradicted();
        assertThat(catchThrowableOfType(Failure.class, () -> memory.keep(dario, wrong)))
                .hasMessage("only a person can settle what is contradicted");
        assertThat(memory.keep(ada, wrong).lineage().contradictedBy()).isEmpty();
        assertThat(lineage(wrong + 1).contradicts()).isEmpty();
    }

    @Test
    void aPersonSettlesItByTheOther() {
        long wrong = contradicted();
        MemoryDetails right = memory.supersede(ada, wrong, wrong + 1);
        assertThat(right.lineage().supersedes()).isEqualTo(wrong);
        assertThat(right.lineage().contradicts()).isEmpty();
        assertThat(lineage(wrong).supersededBy()).isEqualTo(wrong + 1);
        assertThat(found("staging port")).first().isEqualTo("Staging runs on port 6655.");
        assertThat(memory.forget(sam, wrong + 1).memories())
                .extracting(MemoryDetails::number)
                .as("not what somebody else has written")
                .containsExactly(wrong + 1);
        assertThat(memory.show(dario, wrong).requested().body().content()).isEqualTo("Staging runs on port 5544.");
    }

    @Test
    void aMarkGoesOnToTheNextRevisionOfWhoContradicts() {
        long wrong = contradicted();
        long next = memory.edit(sam, wrong + 1, MemoryChange.content("Staging runs on port 7766."), null)
                .number();
        assertThat(lineage(wrong).contradictedBy())
                .extracting(Contradiction::number)
                .containsExactly(next);
        memory.edit(dario, wrong, new MemoryChange(null, null, null, null, List.of("port")), null);
        assertThat(lineage(next).contradicts())
                .extracting(Contradiction::number)
                .containsExactly(next + 1);
        memory.edit(dario, next + 1, MemoryChange.content("Staging runs on 7766, as Sam says"), null);
        assertThat(lineage(next).contradicts()).isEmpty();
    }

    @Test
    void aPrivateContradictionIsToldToItsAuthorOnly() {
        long wrong = remember(dario, "Staging runs on port 5544.");
        NewMemory hidden =
                new NewMemory("Staging runs on port 6655.", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of());
        long right = memory.remember(sam, hidden, null, wrong).number();
        assertThat(lineage(wrong).contradictedBy()).isEmpty();
        assertThat(lineage(right).contradicts()).hasSize(1);
    }

    @Test
    void whatIsSaidAlreadyInAnotherMemoryTakesThePlaceOfTheOld() {
        long old = remember(sam, "Staging runs on port 5544.");
        long next = remember(sam, "Staging runs on port 6655.");
        MemoryDetails revision = memory.edit(sam, old, MemoryChange.content("staging runs on port 6655"), "c3");
        assertThat(revision.number()).isEqualTo(next);
        assertThat(revision.lineage().supersedes()).isEqualTo(old);
        assertThat(memory.edit(sam, old, MemoryChange.content("staging runs on port 6655"), "c3"))
                .isEqualTo(revision);
    }

    @Test
    void whatTakesThePlaceOfAnotherKeepsItsOwnRevisions() {
        long first = remember(sam, "Staging runs on port 1.");
        long second = memory.edit(sam, first, MemoryChange.content("Staging runs on port 2."), null)
                .number();
        long other = remember(dario, "Staging listens on 1");
        memory.supersede(ada, other, second);
        assertThat(memory.show(ada, second).revisions())
                .extracting(MemoryDetails::number)
                .containsExactlyInAnyOrder(first, second, other);
        assertThat(catchThrowableOfType(Failure.class, () -> memory.supersede(ada, second, second)))
                .hasMessageContaining("cannot supersede itself");
        assertThat(catchThrowableOfType(Failure.class, () -> memory.supersede(sam, second, other)))
                .hasMessageContaining("is superseded");
        assertThat(memory.forget(ada, second).memories()).hasSize(3);
    }

    private long contradicted() {
        long wrong = remember(dario, "Staging runs on port 5544.");
        memory.remember(sam, NewMemory.note("Staging runs on port 6655."), null, wrong);
        return wrong;
    }

    private MemoryLineage lineage(long number) {
        return memory.show(sam, number).requested().lineage();
    }

    private long remember(Actor actor, String content) {
        return memory.remember(actor, NewMemory.note(content), null).number();
    }

    private List<MemoryDetails> recalled(String question) {
        return memory.recall(dario, RecallQuery.of(question)).found().stream()
                .map(RecallResult.RecalledMemory::memory)
                .toList();
    }

    private List<String> found(String question) {
        return recalled(question).stream().map(each -> each.body().content()).toList();
    }
}
