package dev.katra.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventReaderTests {

    private static List<List<String>> events(String stream, int size) {
        var events = new ArrayList<List<String>>();
        var lines = new ServerSentEventReader(events::add);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            lines.push(bytes, at, Math.min(size, bytes.length - at));
        }
        lines.end();
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void everyLineEndAndEveryCutGiveTheSameEvents(int size) {
        String stream = ": hi\n\nevent: x\ndata: {\"a\":\"日🙂\"}\ndata: b\n\nid: 1\ndata:c\n\n\n\ndata: last";
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            assertThat(events(stream.replace("\n", end), size))
                    .containsExactly(List.of("{\"a\":\"日🙂\"}", "b"), List.of("c"), List.of("last"));
        }
    }

    @Test
    void aBareObjectIsAnEvent() {
        assertThat(events("{\"error\":1}\n", 4)).containsExactly(List.of("{\"error\":1}"));
    }

    @Test
    void aMarkAtTheBeginningIsPassedOver() {
        assertThat(events("\uFEFFdata: a\n\n", 2)).containsExactly(List.of("a"));
    }
}
