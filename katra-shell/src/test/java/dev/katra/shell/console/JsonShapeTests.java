package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.Contradiction;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryLineage;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.Said;
import dev.katra.core.room.Sender;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form in which {@code --json} prints what has parts: programs read it. */
class JsonShapeTests {

    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");

    @Test
    void aMemoryIsOneObject() {
        MemoryBody body = MemoryBody.note("a \"b\"").kind(MemoryKind.FACT).scope(MemoryScope.PRIVATE);
        assertThat(Json.of(new MemoryDetails(
                        7,
                        "u-7",
                        new MemoryAuthor("Sam", false),
                        body.importance(5).tags(List.of("x", "y")),
                        new MemoryOrigin(AT, "demo", "demo-1", "/work", "s-1"),
                        new MemoryLineage(6L, 8L, List.of(new Contradiction(9, "Ann", AT)), List.of()),
                        new MemoryConfirmations(2, AT))))
                .isEqualTo("{\"number\":7,\"uid\":\"u-7\",\"author\":\"Sam\",\"human\":false,\"kind\":\"fact\","
                        + "\"scope\":\"private\",\"importance\":5,\"tags\":[\"x\",\"y\"],\"content\":\"a \\\"b\\\"\","
                        + "\"at\":\"2026-07-01T10:00:00Z\",\"provider\":\"demo\",\"model\":\"demo-1\","
                        + "\"folder\":\"/work\",\"session\":\"s-1\",\"imported\":false,\"supersedes\":6,"
                        + "\"supersededBy\":8,\"contradictedBy\":[{\"number\":9,\"author\":\"Ann\","
                        + "\"at\":\"2026-07-01T10:00:00Z\"}],\"contradicts\":[],"
                        + "\"confirmations\":2,\"confirmedAt\":\"2026-07-01T10:00:00Z\"}");
    }

    @Test
    void aMemoryShowsWhatItHasNot() {
        assertThat(Json.of(new MemoryDetails(
                        1,
                        "u",
                        new MemoryAuthor("Ada", true),
                        MemoryBody.note("a"),
                        MemoryOrigin.unknown(AT),
                        new MemoryLineage(null, null),
                        MemoryConfirmations.NONE)))
                .isEqualTo("{\"number\":1,\"uid\":\"u\",\"author\":\"Ada\",\"human\":true,\"kind\":\"note\","
                        + "\"scope\":\"team\",\"importance\":3,\"tags\":[],\"content\":\"a\","
                        + "\"at\":\"2026-07-01T10:00:00Z\",\"provider\":null,\"model\":null,\"folder\":null,"
                        + "\"session\":null,\"imported\":false,\"supersedes\":null,\"supersededBy\":null,"
                        + "\"contradictedBy\":[],\"contradicts\":[],\"confirmations\":0,"
                        + "\"confirmedAt\":null}");
    }

    @Test
    void aMessageIsOneObject() {
        Sender sam = new Sender("Sam", false);
        assertThat(Json.of(new InboxMessage(3, sam, false, List.of("Ann"), new Said(2L, "hi", AT), true)))
                .isEqualTo("{\"number\":3,\"from\":\"Sam\",\"human\":false,\"toRoom\":false,\"to\":[\"Ann\"],"
                        + "\"replyTo\":2,\"text\":\"hi\",\"at\":\"2026-07-01T10:00:00Z\",\"redelivered\":true}");
        assertThat(Json.of(new PastMessage(
                        3,
                        sam,
                        true,
                        new Said(null, "hi", AT),
                        List.of(new PastMessage.Receipt("Ann", PastMessage.Delivery.QUEUED)))))
                .isEqualTo("{\"number\":3,\"from\":\"Sam\",\"human\":false,\"toRoom\":true,\"replyTo\":null,"
                        + "\"text\":\"hi\",\"at\":\"2026-07-01T10:00:00Z\","
                        + "\"receipts\":[{\"persona\":\"Ann\",\"delivery\":\"queued\"}]}");
    }
}
