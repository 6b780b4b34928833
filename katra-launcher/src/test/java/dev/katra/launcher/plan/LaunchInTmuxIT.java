package dev.katra.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.tmux.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plan, stub and tmux together, with a shell script in the place of the client. */
@Timeout(60)
class LaunchInTmuxIT {

    @TempDir
    Path folder;

    private final LocalProcessRunner processes = new LocalProcessRunner();
    private final String socket = "katra-test-" + UUID.randomUUID();
    private final Map<String, String> caller = new HashMap<>();

    @BeforeEach
    void prepare() {
        caller.put("PATH", System.getenv("PATH"));
        caller.put("TERM", "of-the-caller");
        caller.put("TMUX", "/another/server,1,0");
        caller.put("TMUX_TMPDIR", folder.toString());
        caller.put(Tmux.SOCKET_VARIABLE, socket);
    }

    @AfterEach
    void endServer() {
        tmux("kill-server");
    }

    @Test
    void everySessionHasItsOwnEnvironmentEvenInAServerThatWasThereBefore() {
        tmux("set-environment", "-g", "KEY", "of-the-server", ";", "new-session", "-d", "-s", "own", "sleep", "60");

        long first = start("Sam", "sk-sam");
        long second = start("Samantha", "sk-samantha");

        assertThat(line("Sam", "pid")).isEqualTo("pid " + first);
        assertThat(line("Samantha", "pid")).isEqualTo("pid " + second);
        assertThat(line("Sam", "KEY=")).isEqualTo("KEY=sk-sam");
        assertThat(line("Samantha", "KEY=")).isEqualTo("KEY=sk-samantha");
        assertThat(line("Sam", "TERM=")).as("the pane's").doesNotContain("of-the-caller");
        assertThat(line("Sam", "TMUX=")).as("the pane's").contains(socket);
        assertThat(tmux("show-environment", "-g") + tmux("show-environment", "-t", "=katra-Sam"))
                .doesNotContain("sk-sam");
    }

    private long start(String persona, String key) {
        try {
            // One each: a shell may still read the other's.
            Path client = Files.writeString(folder.resolve("client-" + persona), """
                    #!/bin/sh
                    echo "pid $$"; echo "KEY=$KEY"; echo "TERM=$TERM"; echo "TMUX=$TMUX"; echo ready
                    exec sleep 60
                    """);
            Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));
            var home = new KatraHome(folder.resolve("home"));
            Map<String, String> environment = new HashMap<>(caller);
            environment.put("KEY", key);
            Path plan = new LaunchPlan(environment, List.of(client.toString()), folder).write(home.session(persona));
            var tmux = new Tmux(processes, caller, folder);
            return tmux.newSession(
                            Tmux.sessionName(persona),
                            folder,
                            SessionStub.install(home).argv(plan))
                    .pid();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String line(String persona, String prefix) {
        var tmux = new Tmux(processes, caller, folder);
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        List<String> lines = List.of();
        while (!lines.contains("ready")) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            lines = tmux.lastLines(Tmux.sessionName(persona), 50);
        }
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElse("");
    }

    private String tmux(String... arguments) {
        var argv = new ArrayList<>(List.of("tmux", "-L", socket, "-f", "/dev/null"));
        argv.addAll(List.of(arguments));
        var environment = Map.of("PATH", System.getenv("PATH"), "TMUX_TMPDIR", folder.toString());
        return processes.run(ProcessCommand.of(argv, environment, folder)).stdout();
    }
}
