package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.Said;
import dev.katra.core.room.Sender;
import dev.katra.core.text.Age;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.ArgumentBinder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageOutputTests {

    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");
    private static final Instant NOW = AT.plusSeconds(600);

    @Test
    void isOneObject() {
        InboxMessage message = new InboxMessage(
                3, new Sender("Ada", true), false, List.of("Ann", "Ben"), new Said(2L, "hi", AT), true);

        assertThat(ArgumentBinder.json(MessageOutput.of(message, NOW)))
                .isEqualTo("{\"number\":3,\"from\":\"Ada\",\"human\":true,\"to\":[\"Ann\",\"Ben\"],\"reply_to\":2,"
                        + "\"at\":\"" + Age.of(AT, NOW) + " ago\",\"text\":\"hi\",\"redelivered\":true}");
    }

    @Test
    void showsReceiptsToItsSender() {
        PastMessage message = new PastMessage(
                3,
                new Sender("Sam", false),
                true,
                new Said(null, "hi", AT),
                List.of(new PastMessage.Receipt("Ann", PastMessage.Delivery.QUEUED)));

        assertThat(ArgumentBinder.json(MessageOutput.of(message, "Sam")))
                .isEqualTo("{\"number\":3,\"from\":\"Sam\",\"at\":\"" + AnswerText.time(AT)
                        + "\",\"text\":\"hi\",\"receipts\":\"queued: Ann\"}");
    }
}
