package dev.katra.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersGoldenTests {

    @TempDir
    Path home;

    @Test
    void theTableIsTheSameOnATerminalAndInAPipe() throws IOException {
        TestCaller terminal = providers(caller().terminal(), false);
        TestCaller pipe = providers(caller(), false);

        Golden.check(Golden.file("providers.txt"), pipe.out());
        assertThat(terminal.out()).isEqualTo(pipe.out());
        assertThat(pipe.err()).isEmpty();
    }

    @Test
    void theJson() throws IOException {
        Golden.check(Golden.file("providers.json"), providers(caller(), true).out());
    }

    @Test
    void aKeyIsNamedAndNeverShown() {
        assertThat(providers(caller(), false).out())
                .contains("set: DEEPSEEK_API_KEY")
                .doesNotContain("sk-private");
        assertThat(providers(caller(), true).out()).doesNotContain("sk-private");
    }

    private TestCaller caller() {
        return TestCaller.of("providers")
                .home(home)
                .variable("DEEPSEEK_API_KEY", "sk-private")
                .variable("KATRA_DEFAULT_PROVIDER", "zai");
    }

    private static TestCaller providers(TestCaller caller, boolean json) {
        new ProvidersCommand().providers(caller.caller(), json);
        return caller;
    }
}
