package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageSearchTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private Actor sam;
    private Actor dario;
    private Actor ada;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        sam = store.session("Sam");
        dario = store.session("Dario");
        ada = store.human("Ada");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsWhatWasSaidByAQuestion() {
        say(sam, "the maxRetryCount of the client is five");
        say(sam, "good morning");
        MessageSearchResult found = find(dario, "what is max_retry_count?", null);
        assertThat(found.found()).singleElement().satisfies(each -> {
            assertThat(each.message().said().text()).startsWith("the maxRetryCount");
            assertThat(each.message().sender().name()).isEqualTo("Sam");
            assertThat(each.message().receipts()).isNotEmpty();
            assertThat(each.why()).contains("max_retry_count");
        });
        assertThat(found.weak()).isFalse();
        assertThat(found.complete()).isTrue();
        clock.advance(Duration.ofDays(1));
        say(dario, "the client is slow");
        assertThat(texts(find(ada, "what did Sam say of the client", null)))
                .first()
                .asString()
                .startsWith("the max");
        assertThat(texts(find(ada, "what about the client today", null)))
                .first()
                .isEqualTo("the client is slow");
    }

    @Test
    void findsMailOnlyForThoseWhoHaveIt() {
        store.room().say(sam, NewMessage.to(List.of("Dario"), "a secret needle"), null);
        say(sam, "an open needle");
        assertThat(texts(find(dario, "needle", null))).hasSize(2);
        assertThat(texts(find(sam, "needle", null))).hasSize(2);
        assertThat(texts(find(store.session("Eve"), "needle", null))).containsExactly("an open needle");
        assertThat(texts(find(null, "needle", null))).hasSize(2);
        assertThat(texts(find(null, "needle", "Dario"))).hasSize(2);
        assertThat(texts(find(null, "needle", "Ada"))).containsExactly("an open needle");
    }

    @Test
    void findsNothingOfWhatIsDeleted() {
        store.room().say(sam, NewMessage.to(List.of("Ada"), "an old xylophone"), null);
        store.room().markReceived(ada, List.of(1L));
        clock.advance(Duration.ofDays(2));
        assertThat(store.room().deleteReceived(Duration.ofDays(1), 10)).isOne();
        assertThat(find(null, "xylophone", null).found()).isEmpty();
        assertThat(store.count("SELECT count(*) FROM message_word")).isZero();
    }

    @Test
    void isFilledAnewAsItWas() {
        store.room().say(sam, NewMessage.to(List.of("Dario"), "a secret needle"), null);
        say(sam, "an open needle");
        store.bean(IndexBuilder.class).rebuild(progress -> {});
        assertThat(texts(find(store.session("Eve"), "needle", null))).containsExactly("an open needle");
        assertThat(texts(find(dario, "needle", null))).hasSize(2);
    }

    private void say(Actor actor, String text) {
        store.room().say(actor, NewMessage.toRoom(text), null);
    }

    private MessageSearchResult find(@Nullable Actor viewer, String text, @Nullable String with) {
        return store.bean(MessageSearch.class).find(new MessageQuery(viewer, text, with, null, 10));
    }

    private static List<String> texts(MessageSearchResult found) {
        return found.found().stream().map(each -> each.message().said().text()).toList();
    }
}
