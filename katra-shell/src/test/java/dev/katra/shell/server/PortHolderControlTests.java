package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.testing.Program;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port between two runs of the server, with real processes. */
@Timeout(120)
class PortHolderControlTests {

    @TempDir
    Path folder;

    private KatraHome home;
    private int port;
    private PortHolderControl held;
    private Process session;

    @BeforeEach
    void prepare() throws IOException {
        home = new KatraHome(folder);
        port = Program.freePort();
        held = new PortHolderControl(home, () -> port);
        session = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void end() {
        session.destroyForcibly();
        held.update(List.of());
        ProcessHandle.current().children().forEach(child -> child.onExit()
                .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                .join());
    }

    @Test
    void nobodyElseGetsThePortWhileASessionLivesAndTheServerDoes() throws Exception {
        Tomcat first = serve(false);
        keepUntilHeld();

        stop(first);

        assertThatThrownBy(this::bind).isInstanceOf(BindException.class);
        assertThatThrownBy(() -> SocketChannel.open(address()).close())
                .as("nobody answers there")
                .isInstanceOf(ConnectException.class);
        Tomcat second = serve(PortHolderControl.isHeld(home, port));
        SocketChannel.open(address()).close();
        assertThatThrownBy(() -> serve(false)).as("a server of another home").isInstanceOf(LifecycleException.class);
        stop(second);
    }

    @Test
    void itIsFreeOnceTheLastSessionHasEndedAlsoWithoutAServer() throws Exception {
        Tomcat server = serve(false);
        keepUntilHeld();
        stop(server);
        assertThat(PortHolderControl.isHeld(home, port)).isTrue();
        held.close(); // as the end of the server does

        session.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(PortHolderControl.isHeld(home, port))
                .isFalse());
        bind();
    }

    @Test
    void aServerThatStartsAnewReplacesTheHolderOfTheOneBefore() throws Exception {
        Tomcat first = serve(false);
        keepUntilHeld();
        String before = Files.readString(folder.resolve("port-holder"));
        held.close();
        stop(first);
        Tomcat second = serve(true);
        held = new PortHolderControl(home, () -> port);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            held.update(sessions());
            assertThat(Files.readString(folder.resolve("port-holder"))).isNotEqualTo(before);
        });

        long old = Long.parseLong(before.lines().findFirst().orElseThrow());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            held.update(sessions()); // as the server does: the new holder says that it holds after it has noted itself
            return LiveProcess.of(old).isEmpty();
        });
        assertThat(PortHolderControl.isHeld(home, port)).isTrue();
        stop(second);
    }

    @Test
    void aHolderIsKnownToTheNextServerHoweverSoonThisOneEnds() throws Exception {
        Tomcat first = serve(false);

        held.update(sessions()); // and nothing after it
        held.close();
        stop(first);

        await().atMost(Duration.ofSeconds(30)).until(() -> PortHolderControl.isHeld(home, port));
        stop(serve(true));
    }

    @Test
    void aCopyOfTheHomeDoesNotShareThePort() throws Exception {
        Tomcat first = serve(false);
        keepUntilHeld();
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(folder.resolve("port-holder"), copy.resolve("port-holder"));

        assertThat(PortHolderControl.isHeld(new KatraHome(copy), port)).isFalse();
        stop(first);
    }

    private List<LiveProcess> sessions() {
        return List.of(LiveProcess.of(session.pid()).orElseThrow());
    }

    private void keepUntilHeld() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            held.update(sessions());
            return PortHolderControl.isHeld(home, port);
        });
    }

    private Tomcat serve(boolean joins) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectories(folder.resolve("tomcat")).toString());
        Connector connector = new Connector(HomeProtocol.class.getName());
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        if (joins) {
            ((HomeProtocol) connector.getProtocolHandler()).joinHolder();
        }
        tomcat.setConnector(connector);
        tomcat.start();
        return tomcat;
    }

    private static void stop(Tomcat tomcat) throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void bind() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open()) {
            other.bind(address());
        }
    }
}
