package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Golden;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The page of the settings, which is made from the records that the server binds. */
class SettingsReferenceTests {

    private static final Map<String, String> MEANINGS = new HashMap<>(
            Map.of(
                    "katra.gateway.largest-request", "the largest request to a provider",
                    "katra.gateway.ping",
                            "how long an endpoint may be silent before Claude Code is told that its request is alive",
                    "katra.gateway.connect", "how long a connection to an endpoint may take",
                    "katra.gateway.answer",
                            "how long an endpoint may take to begin its answer, and to go on with one that it only keeps alive",
                    "katra.gateway.silence",
                            "how long an endpoint may send nothing at all within an answer; models think, and endpoints gather a long call, for minutes",
                    "katra.gateway.judge",
                            "how long the model that judges a tool call may take; after that the rules decide",
                    "katra.gateway.proxy",
                            "the proxy by which endpoints on other machines are reached, such as `http://proxy.example.com:3128`, without a password; where it is not set, the `HTTPS_PROXY` of the shell that started the server",
                    "katra.gateway.no-proxy",
                            "hosts and domains that are reached without the proxy, separated by commas; where it is not set, `NO_PROXY`",
                    "katra.mcp.largest-request", "the largest request at `/mcp`",
                    "katra.room.keep",
                            "the age up to which messages are kept that all their addressees have received, an hour or more, such as `90d`"));

    private static final String HEADING = """
            # Settings of the server

            <!-- Made from the program by SettingsReferenceTests with -Dgolden.rewrite=true; edits are lost. -->

            """;

    static {
        MEANINGS.putAll(Map.of(
                "katra.gateway.fallback.pause",
                "how long an endpoint is left alone after it has failed, in a session that has a [fallback](../guides/providers.md#when-a-provider-does-not-answer), unless the endpoint says itself how long; twice as long after each further failure",
                "katra.gateway.fallback.longest-pause",
                "the longest time for which failures alone leave an endpoint alone"));
        MEANINGS.putAll(Map.of(
                "katra.secrets",
                "keys and tokens of known shapes in what is said and remembered: `mask` stores the name of their kind in their place, `refuse` stores nothing of a text that has one, `keep` stores them",
                "katra.capture",
                "what is asked and answered last in the turns of sessions: `private` keeps it for the persona whose session it is, `team` for all personas, `off` keeps nothing and searches nothing ([past turns](memory.md#past-turns))",
                "katra.turns.keep",
                "the age up to which turns are kept, an hour or more",
                "katra.turns.size",
                "the size of the texts of all turns together, 1MB or more, above which the oldest go",
                "katra.wake.turns-per-hour",
                "how many turns Katra starts in a session within an hour without a person writing to it, 1 to 1000"));
    }

    @Test
    void settings() throws IOException {
        assertThat(MEANINGS).containsOnlyKeys(ServerSettings.keys());
        StringBuilder page = new StringBuilder(HEADING);
        page.append(
                "A line each of `server.properties` in the home (`~/.katra`), read when the server starts; after a");
        page.append(" change, `katra server stop`, and the next command starts it anew. Times have a unit: `10s`,");
        page.append(" `5m`, `90d`; sizes too: `512KB`, `32MB`. A key that is not here is refused by name.\n\n");
        page.append("| key | default | meaning |\n|---|---|---|\n");
        for (Class<? extends Record> type : ServerSettings.RECORDS) {
            for (RecordComponent component : type.getRecordComponents()) {
                String key = ServerSettings.key(type, component);
                page.append("| `" + key + "` | " + defaultOf(component) + " | " + MEANINGS.get(key) + " |\n");
            }
        }
        Golden.check(Path.of("../docs/reference/settings.md"), page.toString());
    }

    private static String defaultOf(RecordComponent component) {
        DefaultValue value = component
                .getDeclaringRecord()
                .getDeclaredConstructors()[0]
                .getParameters()[index(component)]
                .getAnnotation(DefaultValue.class);
        String text = value == null ? "" : String.join(",", value.value());
        return text.isEmpty() ? "not set" : "`" + text + "`";
    }

    private static int index(RecordComponent component) {
        RecordComponent[] all = component.getDeclaringRecord().getRecordComponents();
        int index = 0;
        while (!all[index].getName().equals(component.getName())) {
            index++;
        }
        return index;
    }
}
