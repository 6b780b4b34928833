package dev.katra.shell.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.Agents;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.shell.server.ServerStarter;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTests {

    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void asksNobodyUnlessItIsToldTo() {
        TestCaller caller = doctor(caller(), false, null);

        assertThat(caller.out())
                .contains("gateway    ok  translates for gemini, groq, openai")
                .doesNotContain("online");
        assertThat(requests).hasValue(0);
    }

    @Test
    void asksTheOneThatIsNamed() {
        TestCaller caller = doctor(caller(), true, "openai");

        assertThat(caller.out()).contains("online openai  !!").doesNotContain("online ollama");
        assertThat(caller.err()).contains("online openai: check the key and its rights");
        assertThat(caller.out() + caller.err()).doesNotContain("sk-private");
        assertThat(requests).hasValue(1);
    }

    @Test
    void namesAnEntryThatCannotHaveItsRoute() throws IOException {
        Files.writeString(home.resolve("providers.conf"), "OPENAI_ROUTE=direct\nDEEPSEEK_ROUTE=gateway\n");

        TestCaller caller = doctor(caller(), false, null);

        assertThat(caller.out()).contains("openai has no Anthropic-format endpoint");
    }

    @Test
    void namesThePortThatTheFirstStartWillTake() {
        assertThat(doctor(caller().variable("KATRA_PORT", "47123"), false, null).out())
                .contains("port 47123");
        TestCaller wrong = doctor(caller().variable("KATRA_PORT", "many"), false, null);
        assertThat(wrong.out()).contains("server     !!  KATRA_PORT \"many\" is not a port");
    }

    @Test
    void aProgramThatIsNotTheClientIsNotWell() {
        TestCaller caller = doctor(caller().variable("KATRA_CLAUDE", "/bin/false"), false, null);

        assertThat(caller.out()).contains("claude     !!  /bin/false is not Claude Code");
        assertThat(caller.err()).contains("claude: unset KATRA_CLAUDE or set it to the path of a claude binary");
        assertThat(doctor(caller().variable("KATRA_CLAUDE", "/bin/true"), false, null)
                        .out())
                .contains("claude     !!  /bin/true is not Claude Code");
    }

    @Test
    void whatTheClientsSettingsSwitchOffAndWhereTheLoginLeadsIsNamed() throws IOException {
        Path managed = Files.createDirectory(home.resolve("managed"));
        Files.writeString(managed.resolve("managed-settings.json"), "{\"disableAllHooks\": true}");
        Path config = Files.createDirectory(home.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"), "{\"env\": {\"ANTHROPIC_BASE_URL\": \"https://relay.example\"}}");

        TestCaller caller = doctor(
                caller().variable("CLAUDE_CONFIG_DIR", config.toString())
                        .variable("KATRA_MANAGED_SETTINGS", managed.toString()),
                false,
                null);

        assertThat(caller.out())
                .contains("Claude Code asks https://relay.example here, by env.ANTHROPIC_BASE_URL in " + config)
                .contains("disableAllHooks in " + managed.resolve("managed-settings.json"));
        assertThat(caller.err()).contains("settings: ask your administrator");
    }

    @Test
    void aProviderIsForAskingOnline() {
        Failure failure = catchThrowableOfType(Failure.class, () -> doctor(caller(), false, "openai"));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.hint()).contains("katra doctor --online --provider openai");
    }

    private TestCaller caller() {
        return TestCaller.of("doctor")
                .home(home)
                .folder(home)
                .variable("OPENAI_API_KEY", "sk-private-0123456789")
                .variable(
                        "KATRA_OPENAI_ENDPOINT",
                        "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static TestCaller doctor(TestCaller caller, boolean online, @Nullable String provider) {
        LocalChecks checks = new LocalChecks(Agents.standard(), new LocalProcessRunner(), new ServerStarter());
        new DoctorCommand(checks, new OnlineChecks(Agents.standard()))
                .doctor(caller.caller(), online, provider, Options.TEXT);
        return caller;
    }
}
