package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTests {

    @TempDir
    private Path home;

    private Map<String, Object> read(Map<String, String> environment) {
        return ServerSettings.read(new KatraHome(home), environment);
    }

    @Test
    void takesTheProxyOfTheEnvironmentUnlessTheFileNamesAnother() throws Exception {
        Map<String, String> environment = Map.of("https_proxy", "http://proxy:99", "NO_PROXY", ".corp");
        assertThat(read(environment))
                .isEqualTo(Map.of("katra.gateway.proxy", "http://proxy:99", "katra.gateway.no-proxy", ".corp"));
        Files.writeString(home.resolve("server.properties"), "katra.gateway.proxy = http://other:88 \n");
        assertThat(read(environment)).containsEntry("katra.gateway.proxy", "http://other:88");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://127.0.0.1:1080", "http://my_proxy:99"})
    void aProxyThatOnlyOtherProgramsUnderstandIsLeftAside(String proxy) {
        assertThat(read(Map.of("HTTPS_PROXY", proxy))).isEmpty();
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        Files.writeString(home.resolve("server.properties"), "server.address=0.0.0.0\n");
        assertThatThrownBy(() -> read(Map.of())).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.hint().orElse(""))
                .contains("katra.gateway.largest-request"));
    }
}
