package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bash at hand prints is read back as it was. */
class DeclaredVariablesTests {

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void readsWhatBashPrints(String locale) throws Exception {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "KATRA_1", "",
                "KATRA_2", "two  words",
                "KATRA_3", "\"$HOME\" `x` \\ \\\\ 'it''s' $'x'",
                "KATRA_4", "one\ntwo\n\ndeclare -x KATRA_5=\"no\"\n",
                "KATRA_6", "Grüße 🦊",
                "KATRA_7", "\t\r\b\033[1m \007 \001 1\0012",
                "KATRA_8", "!a ~ * {a,b} # \\n"));

        assertThat(DeclaredVariables.read(bash(locale, "declare -p ${!KATRA_@}", variables)))
                .isEqualTo(variables);
    }

    @Test
    void keepsWhatIsExportedAlone() throws Exception {
        String script = "A=a; export B=b; declare -ix C=3; declare -r D=d; export E; declare -p A B C D E NONE 2>&-";

        assertThat(DeclaredVariables.read(bash("C", script, Map.of()))).isEqualTo(Map.of("B", "b", "C", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=b", "declare -x A=\"b", "declare -x A=$'b\\", "declare -x A=b\n", "declare", "\n"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeclaredVariables.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bash(String locale, String script, Map<String, String> variables) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", script).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", locale);
        builder.environment().putAll(variables);
        return builder.start().getInputStream().readAllBytes();
    }
}
