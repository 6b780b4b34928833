package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserArgumentsTests {

    @Test
    void whatIsMergedIsTakenOutAndTheRestKeepsItsOrder() {
        UserArguments arguments = UserArguments.parse(List.of(
                "--verbose",
                "--mcp-config",
                "a.json",
                "{\"mcpServers\":{}}",
                "--settings",
                "one.json",
                "--add-dir",
                "/x",
                "--settings=two.json",
                "--mcp-config=c.json",
                "word",
                "--append-system-prompt",
                "--be brief",
                "--",
                "--settings",
                "prompt"));

        assertThat(arguments)
                .isEqualTo(new UserArguments(
                        List.of("--verbose", "--add-dir", "/x", "word"),
                        List.of("--settings", "prompt"),
                        List.of("one.json", "two.json"),
                        List.of("a.json", "{\"mcpServers\":{}}", "c.json"),
                        List.of("--be brief")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--model", "--model=opus", "--session-id", "--session-id=x", "--strict-mcp-config", "--bg"})
    void whatKatraDecidesIsRefusedWithTheWayToSayIt(String argument) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> UserArguments.parse(List.of("--verbose", argument, "value")));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).contains(argument.replaceAll("=.*", ""));
        assertThat(failure.hint()).isPresent();
    }

    @Test
    void aMissingValueIsSaid() {
        assertThat(catchThrowableOfType(Failure.class, () -> UserArguments.parse(List.of("--settings")))
                        .text())
                .contains("--settings");
    }
}
