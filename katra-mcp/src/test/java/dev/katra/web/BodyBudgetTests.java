package dev.katra.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.katra.core.persona.Actor;
import dev.katra.core.session.ClaimedSession;
import dev.katra.mcp.RunningServer;
import dev.katra.web.client.ClientProbe;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequestEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;

/** Bodies that do not come, come slowly, are large, or are many. */
class BodyBudgetTests {

    /** More than the server has threads. */
    private static final int MANY = 210;

    @TempDir
    static Path home;

    static RunningServer server;
    static ClaimedSession one;
    static ClaimedSession other;
    static int free;

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
        free = server.bean(BodyBudget.class).freeKilobytes();
        one = server.session("One");
        other = server.session("Other");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /mcp",
                "POST /hooks/Stop",
                "POST /gateway/openai/v1/messages",
                "POST /health",
                "POST /nothing",
                "GET /health"
            })
    void aStrangersBodyIsNotWaitedFor(String request) throws IOException {
        for (int i = 0; i < MANY; i++) {
            send(request, "Content-Length: 1000000", "x");
        }
        for (Socket socket : open) {
            assertThat(statusOf(socket)).isBetween(200, 499);
            assertThat(ended(socket)).isTrue();
        }
        assertThat(answer("GET /health", "Connection: close")).contains("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 8", "Content-Length: 100", "Transfer-Encoding: chunked"})
    void aRefusalEndsTheConnection(String length) throws IOException {
        String answer = answer("POST /mcp", length);
        assertThat(answer).contains("HTTP/1.1 401 ").containsIgnoringCase("\r\nConnection: close\r\n");

        assertThat(answer("POST /mcp", length + "\r\nHost: example.com"))
                .contains("HTTP/1.1 421 ")
                .containsIgnoringCase("\r\nConnection: close\r\n");
        assertThat(answer("POST /mcp", length + "\r\nOrigin: http://example.com"))
                .contains("HTTP/1.1 403 ")
                .containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void aConnectionOfASessionStays() throws IOException {
        Socket socket = send("POST /hooks/Stop", "Content-Length: 2\r\nAuthorization: Bearer " + one.token(), "{}");
        for (int i = 0; i < 3; i++) {
            assertThat(statusOf(socket)).isEqualTo(200);
            socket.getOutputStream()
                    .write(("POST /hooks/Stop HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                    + "\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer " + one.token()
                                    + "\r\nConnection: " + (i == 2 ? "close" : "keep-alive")
                                    + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().skipNBytes(answerLength(socket));
        }
        assertThat(statusOf(socket)).isEqualTo(200);
        assertThat(ended(socket)).isTrue();
    }

    /** Reads the head, and says how long the rest is. */
    private static int answerLength(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        if (head.toString().contains("chunked")) {
            StringBuilder chunks = new StringBuilder();
            while (chunks.indexOf("0\r\n\r\n") < 0) {
                chunks.append((char) socket.getInputStream().read());
            }
            return 0;
        }
        return Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
    }

    @Test
    void whatFollowsAnUnreadBodyIsNoRequest() throws IOException {
        Socket socket = send("POST /mcp", "Content-Length: 10", "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

        assertThat(statusOf(socket)).isEqualTo(401);
        assertThat(rest(socket)).doesNotContain("200").doesNotContain("\"up\"");
    }

    @Test
    void aSessionsSlowBodiesAreFewAndCostOthersNothing() throws IOException {
        for (int i = 0; i < MANY; i++) {
            send("POST /mcp", "Content-Length: 1000\r\nAuthorization: Bearer " + one.token(), "{");
        }
        Socket beside = send("POST /hooks/Stop", "Content-Length: 2\r\nAuthorization: Bearer " + other.token(), "{}");
        assertThat(statusOf(beside)).isEqualTo(200);

        int refused = 0;
        for (Socket socket : open.subList(0, MANY)) {
            if (refused < MANY - BodyBudget.MAX_READ_PER_SESSION && statusOf(socket) == 503) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(MANY - BodyBudget.MAX_READ_PER_SESSION);
        for (Socket socket : open) {
            socket.close();
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Socket again = send("POST /hooks/Stop", "Content-Length: 2\r\nAuthorization: Bearer " + one.token(), "{}");
            assertThat(statusOf(again)).isEqualTo(200);
        });
    }

    @Test
    void whatIsTooLargeForAnyToolIsNotRead() throws IOException {
        Socket large = send(
                "POST /mcp", "Content-Length: 600000\r\nAuthorization: Bearer " + one.token(), " ".repeat(600_000));
        assertThat(statusOf(large)).isEqualTo(413);
        Socket hook = send("POST /hooks/wait", "Content-Length: 99999999\r\nAuthorization: Bearer " + one.token(), "{");
        assertThat(statusOf(hook)).isEqualTo(413);
        assertThat(ended(hook)).isTrue();
    }

    @Test
    void whatARequestTookIsFreeAfterIt() throws IOException {
        BodyBudget bodies = server.bean(BodyBudget.class);
        String body = "[" + "1,".repeat(100_000) + "1]";
        for (String path : List.of("/mcp", "/hooks/Stop", "/demo/v1/messages")) {
            Socket socket = send(
                    "POST " + path,
                    "X-Katra-Session: " + one.token() + "\r\nContent-Length: " + body.length()
                            + "\r\nAuthorization: Bearer " + one.token(),
                    body);
            assertThat(statusOf(socket)).isPositive();
            await().until(() -> bodies.freeKilobytes() == free);
        }
    }

    @Test
    void whatIsHeldAtOnceIsBounded() throws IOException {
        BodyBudget small = new BodyBudget(1_000_000);
        MockHttpServletRequest first = request("x".repeat(200_000));
        assertThat(small.readAll(first, 1_000_000)).hasSize(200_000);

        assertThatThrownBy(() -> small.readAll(request("x".repeat(200_000)), 1_000_000))
                .isInstanceOfSatisfying(
                        RefusedBody.class, e -> assertThat(e.reason()).isEqualTo(RefusedBody.Reason.NO_ROOM));
        small.reservation(first).release(400_000);
        MockHttpServletRequest second = request("x".repeat(200_000));
        small.readAll(second, 1_000_000);
        assertThatThrownBy(() -> small.readAll(request("x".repeat(400_000)), 1_000_000))
                .isInstanceOfSatisfying(
                        RefusedBody.class, e -> assertThat(e.reason()).isEqualTo(RefusedBody.Reason.OVER_SHARE));
        assertThatThrownBy(
                        () -> small.reserveForTree(second, "[],".repeat(10_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RefusedBody.class);
        small.reservation(first).release(1_000_000);
        small.reservation(second).release(1_000_000);
        assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024);
    }

    @Test
    void whatIsAnnouncedTakesNoRoomBeforeItComes() throws IOException {
        BodyBudget small = new BodyBudget(1_000_000);
        MockHttpServletRequest request = announced(300_000, new ByteArrayInputStream(new byte[70_000]), null);
        try (InputStream body = small.stream(request, 1_000_000)) {
            assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024);
            body.skipNBytes(1);
            assertThat(small.freeKilobytes()).as("one step").isEqualTo(1_000_000 / 1024 - 64);
            body.readAllBytes();
            assertThat(small.freeKilobytes()).as("two steps").isEqualTo(1_000_000 / 1024 - 128);
        }
        assertThat(small.freeKilobytes()).as("what came").isBetween(1_000_000 / 1024 - 70, 1_000_000 / 1024 - 68);
        MockHttpServletRequest little = announced(10, new ByteArrayInputStream(new byte[10]), null);
        small.readAll(little, 1_000_000);
        assertThat(small.freeKilobytes()).isGreaterThanOrEqualTo(1_000_000 / 1024 - 71);
    }

    @Test
    void oneSessionHoldsHalfAtMost() throws IOException {
        BodyBudget small = new BodyBudget(1_000_000);
        MockHttpServletRequest first = announced(120_000, new ByteArrayInputStream(new byte[120_000]), 1L);
        small.readAll(first, 1_000_000);

        MockHttpServletRequest second = announced(120_000, new ByteArrayInputStream(new byte[120_000]), 1L);
        assertThatThrownBy(() -> small.readAll(second, 1_000_000))
                .isInstanceOfSatisfying(
                        RefusedBody.class, e -> assertThat(e.reason()).isEqualTo(RefusedBody.Reason.NO_ROOM));
        small.reservation(second).release(1_000_000);
        assertThatThrownBy(() ->
                        small.readAll(announced(170_000, new ByteArrayInputStream(new byte[170_000]), 1L), 1_000_000))
                .isInstanceOfSatisfying(
                        RefusedBody.class, e -> assertThat(e.reason()).isEqualTo(RefusedBody.Reason.OVER_SHARE));
        small.readAll(announced(120_000, new ByteArrayInputStream(new byte[120_000]), 2L), 1_000_000);
        small.reservation(first).release(1_000_000);
        assertThat(small.readAll(announced(120_000, new ByteArrayInputStream(new byte[120_000]), 1L), 1_000_000))
                .hasSize(120_000);
    }

    @Test
    void bodiesThatWaitForOneAnotherEnd() {
        BodyBudget small = new BodyBudget(1_000_000);
        var halfRead = new CyclicBarrier(3);
        List<MockHttpServletRequest> requests = new ArrayList<>();
        List<CompletableFuture<byte[]>> read = new ArrayList<>();
        for (long session = 1; session <= 3; session++) {
            InputStream rest = new ByteArrayInputStream(new byte[90_000]) {
                private boolean begun;

                @Override
                public synchronized int read(byte[] bytes, int offset, int length) {
                    try {
                        if (!begun) {
                            begun = true;
                            halfRead.await();
                        }
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    return super.read(bytes, offset, length);
                }
            };
            MockHttpServletRequest request = announced(
                    150_000, new SequenceInputStream(new ByteArrayInputStream(new byte[60_000]), rest), session);
            requests.add(request);
            read.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return small.readAll(request, 1_000_000);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        for (CompletableFuture<byte[]> each : read) {
            await().atMost(Duration.ofSeconds(20)).until(each::isDone);
        }
        assertThat(read).as("the room is for two").anyMatch(CompletableFuture::isCompletedExceptionally);
        requests.forEach(request -> small.requestDestroyed(new ServletRequestEvent(new MockServletContext(), request)));
        assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024);
    }

    @Test
    void onlyWhatStandsOutsideOfStringsIsATree() {
        BodyBudget small = new BodyBudget(1_000_000);
        MockHttpServletRequest request = request("");
        String text = "\\\"[,:{".repeat(20_000);
        small.reserveForTree(request, ("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024 - 1);

        String odd = "[\"\u2200\"," + "[],".repeat(20_000) + "1]";
        assertThatThrownBy(() -> small.reserveForTree(request, odd.getBytes(StandardCharsets.UTF_16BE)))
                .isInstanceOf(RefusedBody.class);
    }

    @Test
    void aBodyThatWouldBecomeTooLargeATreeIsReadToItsEndAndNotKept() throws IOException {
        BodyBudget small = new BodyBudget(1_000_000);
        var rest = new ByteArrayInputStream(("[" + "[],".repeat(60_000) + "1]").getBytes(StandardCharsets.UTF_8));
        MockHttpServletRequest request = announced(rest.available(), rest, null);

        assertThatThrownBy(() -> small.json(request, 1_000_000))
                .isInstanceOfSatisfying(
                        RefusedBody.class, e -> assertThat(e.reason()).isEqualTo(RefusedBody.Reason.TOO_MANY_ELEMENTS));
        assertThat(rest.available()).isZero();
        assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024);
    }

    @Test
    void aSmallBodyDoesNotWaitForALargeOne() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, Duration.ofMinutes(5));
        BodyBudget bodies = new BodyBudget(100_000_000, turns);
        String large = "\"" + "x".repeat(BodyBudget.LARGE) + "\"";
        MockHttpServletRequest first = request(large);
        bodies.json(first, 10_000_000); // which is not parsed yet
        CompletableFuture<byte[]> second = reading(bodies, request(large));
        await().until(() -> turns.waiting() == 1);

        assertThat(bodies.json(request("[1,2]"), 10_000_000)).hasSize(5);
        assertThat(second).isNotDone();
        bodies.parsed(first);

        assertThat(second.get(20, TimeUnit.SECONDS)).hasSize(BodyBudget.LARGE + 2);
    }

    @Test
    void aLargeBodyThatWaitsForMemoryGivesItsTurnToOthersMeanwhile() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, Duration.ofMinutes(5));
        BodyBudget bodies = new BodyBudget(7_000_000, turns);
        String large = "\"" + "x".repeat(BodyBudget.LARGE) + "\"";
        MockHttpServletRequest kept = request("\"" + "x".repeat(BodyBudget.LARGE - 2) + "\"");
        bodies.json(kept, 10_000_000);
        LargeBodyTurns.Turn before = turns.take(null).orElseThrow();
        MockHttpServletRequest waits = request(large.repeat(4).replace("\"\"", "xx"));
        CompletableFuture<byte[]> larger = reading(bodies, waits);
        await().until(() -> turns.waiting() == 1);
        before.close();
        await().until(() -> bodies.freeKilobytes() < 300); // all that fits of it has come

        MockHttpServletRequest other = request("x".repeat(10));
        LargeBodyTurns.Turn meanwhile = turns.take(7L).orElseThrow();
        assertThat(bodies.json(other, 10)).hasSize(10);
        assertThat(larger).isNotDone();
        bodies.requestDestroyed(new ServletRequestEvent(new MockServletContext(), kept));
        await().until(() -> turns.waiting() == 1);
        meanwhile.close();

        assertThat(larger.get(20, TimeUnit.SECONDS)).hasSize(4 * (BodyBudget.LARGE + 2));
    }

    private static CompletableFuture<byte[]> reading(BodyBudget bodies, MockHttpServletRequest request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return bodies.json(request, 10_000_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void nothingIsTakenForARequestThatHasEnded() {
        BodyBudget small = new BodyBudget(1_000_000);
        MockHttpServletRequest request = request("");
        BodyBudget.BodyReservation held = small.reservation(request);
        small.requestDestroyed(new ServletRequestEvent(new MockServletContext(), request));

        assertThatThrownBy(() -> held.reserveForTree("[[]]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RefusedBody.class);
        assertThat(small.freeKilobytes()).isEqualTo(1_000_000 / 1024);
    }

    private static MockHttpServletRequest announced(long length, InputStream body, @Nullable Long session) {
        MockHttpServletRequest request = request("");
        MockHttpServletRequest announced = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return length;
            }

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(body);
            }
        };
        announced.setAttribute(ClientProbe.class.getName(), request.getAttribute(ClientProbe.class.getName()));
        announced.setAttribute(Actor.class.getName(), new Actor(1, "One", false, session));
        return announced;
    }

    private static MockHttpServletRequest request(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        request.setAttribute(ClientProbe.class.getName(), new ClientProbe() {
            @Override
            public boolean isGone() {
                return false;
            }

            @Override
            public void abort() {}
        });
        request.setAttribute(Actor.class.getName(), new Actor(1, "One", false, null));
        return request;
    }

    private Socket send(String request, String headers, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(15_000);
        open.add(socket);
        String host = headers.contains("Host:") ? "" : "Host: 127.0.0.1:" + server.port() + "\r\n";
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\n" + host + headers + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private String answer(String request, String headers) throws IOException {
        return rest(send(request, headers, "x"));
    }

    private static int statusOf(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return Integer.parseInt(line.toString().split(" ", 3)[1].strip());
    }

    private static boolean ended(Socket socket) throws IOException {
        rest(socket);
        return true;
    }

    /** What comes until the connection ends; a time-out if it does not. */
    private static String rest(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] some = new byte[4096];
        try {
            for (int read = socket.getInputStream().read(some);
                    read >= 0;
                    read = socket.getInputStream().read(some)) {
                text.append(new String(some, 0, read, StandardCharsets.UTF_8));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // it was reset, which ends it as well
        }
        return text.toString();
    }
}
