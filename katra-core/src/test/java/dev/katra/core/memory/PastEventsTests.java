package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.search.EventPhrase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastEventsTests extends WithMemory {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "which port had staging before the release? | true | release",
                "what broke since the migration to Postgres | false | migration,Postgres",
                "After the 2.3 release, who was on call? | false | release,2.3",
                "Welcher Port galt vor dem Release? | true | release",
                "was ist seit der Umstellung auf Postgres kaputt | false | umstellung",
                "Was ging nach der Umstellung auf Postgres? | false | umstellung,Postgres",
                "an error after the process was killed | false |",
                "an error after the response has been committed | false |",
                "what was before | true |",
                "vor allem der Server | true |"
            })
    void readsTheEventThatAQuestionNames(String question, boolean before, @Nullable String words) {
        EventPhrase event = EventPhrase.findIn(question).orElse(null);
        if (words == null) {
            assertThat(event).isNull();
        } else {
            assertThat(event).isNotNull();
            assertThat(event.before()).isEqualTo(before);
            assertThat(event.words()).containsExactly(words.split(","));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The release is out.",
                "Good news! The 2.3 release went live at noon; nobody noticed.",
                "Release 2.3 is done",
                "We have finished the release",
                "Release done, tagged v2.3",
                "Das Release ist raus"
            })
    void knowsASentenceThatSaysThatItHappened(String text) {
        assertThat(PastEvents.sentence(text, release())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The release is not out yet",
                "The release will be out on Monday",
                "Once the release is done, delete the branch",
                "No merges until the release is out",
                "Is the release out?",
                "The notes for the release are in docs. The build is done.",
                "The release branch has 12 commits",
                "Das Release ist noch nicht raus",
                "Sobald das Release raus ist, löschen wir den Zweig"
            })
    void knowsThatAPlanSaysNothing(String text) {
        assertThat(PastEvents.sentence(text, release())).isEmpty();
    }

    @Test
    void prefersWhatWasSaidBeforeOrAfterTheEvent() {
        remember(sam, "Staging listens on port 5544");
        clock.advance(Duration.ofDays(3));
        remember(dario, "The migration to Postgres is done");
        clock.advance(Duration.ofDays(3));
        remember(sam, "Staging listens on port 6655");
        IntStream.range(0, 30).forEach(n -> remember(dario, "another topic " + n));

        assertFirst("which port had staging before the migration to Postgres?", "Staging listens on port 5544");
        assertFirst("which port had staging after the migration?", "Staging listens on port 6655");
        assertFirst("Welcher Port galt auf Staging vor der Migration?", "Staging listens on port 5544");
        assertThat(recall("which port had staging before the party?").found())
                .noneMatch(found -> found.why().contains("date"));
    }

    /** What another keeps private, and what was superseded, gives no date. */
    @Test
    void knowsAnEventFromWhatTheViewerMayReadAlone() {
        remember(sam, "Staging listens on port 5544");
        clock.advance(Duration.ofDays(3));
        memory.remember(
                dario,
                new NewMemory("The migration is done", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()),
                null);
        long wrong = remember(sam, "The migration went live");
        memory.edit(sam, wrong, MemoryChange.content("The migration was rolled back"), null);

        assertThat(recall("which port had staging before the migration?").found())
                .isNotEmpty()
                .noneMatch(found -> found.why().contains("date"));
    }

    private long remember(Actor actor, String content) {
        return memory.remember(actor, NewMemory.note(content), null).number();
    }

    private RecallResult recall(String question) {
        return memory.recall(sam, RecallQuery.of(question));
    }

    private void assertFirst(String question, String content) {
        assertThat(recall(question).found().get(0)).satisfies(found -> {
            assertThat(found.memory().body().content()).isEqualTo(content);
            assertThat(found.why()).contains("date");
        });
    }

    private static EventPhrase release() {
        return EventPhrase.findIn("what was before the release?").orElseThrow();
    }
}
