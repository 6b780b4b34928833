package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTests {

    @TempDir
    Path folder;

    /** A folder in the place of a file cannot be read, as no file can when no more may be open. */
    @Test
    void aHomeWhoseFileCannotBeReadGetsNoOtherPort() throws IOException {
        KatraHome home = new KatraHome(folder);
        Map<String, String> environment = Map.of("KATRA_PORT", "4711");
        assertThat(ServerPort.of(home, environment)).isEqualTo(4711);
        new ServerFile(1, 0, "1/x", 4712, "1").write(home);
        assertThat(ServerPort.of(home, environment)).isEqualTo(4712);

        Files.delete(home.serverFile());
        Files.createDirectory(home.serverFile());

        assertThatThrownBy(() -> ServerPort.of(home, environment))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot read " + home.serverFile());
    }

    @Test
    void aNoteOfThePortThatCannotBeReadIsNotAbsent() throws IOException {
        KatraHome home = new KatraHome(folder);
        assertThat(PortHolderControl.isHeld(home, 4711)).isFalse();

        Files.createDirectory(folder.resolve("port-holder"));

        assertThatThrownBy(() -> PortHolderControl.isHeld(home, 4711))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot read who holds the port");
    }
}
