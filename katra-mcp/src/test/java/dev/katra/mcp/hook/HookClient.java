package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.mcp.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Reports a session's events as its client does, and says things to it. */
final class HookClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningServer server;
    private final ClaimedSession session;

    HookClient(RunningServer server, String persona) {
        this.server = server;
        this.session = server.session(persona);
    }

    long session() {
        return session.session().id();
    }

    String token() {
        return session.token();
    }

    /** Reports an event whose answer is awaited. */
    String post(String event, String body) throws Exception {
        HttpResponse<String> answer = HTTP.send(request(event, body), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Reports an event. */
    CompletableFuture<HttpResponse<String>> begin(String event, String body) {
        return HTTP.sendAsync(request(event, body), BodyHandlers.ofString());
    }

    /** Reports an event over a connection that the test can close. */
    Socket open(String event, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("POST /hooks/" + event + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                + "\r\nAuthorization: Bearer " + session.token() + "\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** A waiter that has its seat. */
    CompletableFuture<HttpResponse<String>> waiter(String body) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> waiter = begin("wait", body);
        until(() -> server.bean(WakePolls.class).isOpen(session()));
        return waiter;
    }

    /** A person says it to the session's persona. */
    void say(String text) {
        Actor person = Actor.human(server.bean(PersonaService.class).ensure("person", true));
        String name = server.bean(PersonaService.class)
                .namesById(List.of(session.session().personaId()))
                .values()
                .iterator()
                .next();
        server.bean(RoomService.class).say(person, NewMessage.to(List.of(name), text), null);
    }

    int unread() {
        return server.bean(RoomService.class).unread(session.session().personaId());
    }

    /** What an answer gives the model. */
    static String context(String answer) {
        return JsonMapper.shared()
                .readTree(answer)
                .path("hookSpecificOutput")
                .path("additionalContext")
                .asString("");
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private HttpRequest request(String event, String body) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/hooks/" + event))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
