package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.thinking.ForeignThinking;
import dev.katra.mcp.gateway.thinking.Signature;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request to an endpoint that speaks the client's own format: headers, bytes and errors go through as they are, for
 * the client's recovery goes by their wording. Only thinking that this gateway signed itself is left out, because no
 * vendor takes it.
 */
final class PassThrough implements ClientLink.Owner {

    /** Headers of one connection, or set anew by the HTTP client or by the server; and our own. */
    private static final Set<String> KEPT_BACK = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-katra-session");

    private final GatewaySettings settings;
    private final UpstreamClient client;
    private final SessionUpstream session;
    private final ClientLink link;
    private final Counting counting;
    private final Trace trace;
    private final UsageTap tap;
    private volatile @Nullable CompletableFuture<?> exchange;
    private volatile long lastBytes = System.nanoTime();
    private volatile boolean answering;

    PassThrough(Gateway gateway, SessionUpstream session, ClientLink link, Counting counting, Trace trace) {
        this.settings = gateway.settings();
        this.client = gateway.client();
        this.session = session;
        this.link = link;
        this.counting = counting;
        this.trace = trace;
        this.tap = new UsageTap(counting);
    }

    /** Sends the request on, to the same path below the endpoint. */
    void start(HttpServletRequest request, String path, byte[] body) {
        link.open(this);
        try {
            byte[] sent = withoutForeignThinking(body);
            Optional<HttpRequest.Builder> to = client.request(session.provider().url() + target(request, path));
            if (to.isEmpty()) {
                refuse(Outage.unreachable(session.provider()));
                return;
            }
            trace.upstreamRequest(path, sent);
            send(withHeaders(request, to.get().method(request.getMethod(), publisher(sent))), true);
        } catch (RuntimeException | OutOfMemoryError e) {
            refuse(UpstreamClient.error(e, session.provider(), link.requestId()));
        }
    }

    /** The path as it must be written, and the query as it was. */
    private static String target(HttpServletRequest request, String path) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        try {
            return new URI(null, null, path, null).toASCIIString() + query;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a path that is none", e);
        }
    }

    private static HttpRequest.BodyPublisher publisher(byte[] body) {
        return body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }

    private static HttpRequest withHeaders(HttpServletRequest request, HttpRequest.Builder to) {
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!KEPT_BACK.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> to.header(name, value));
            }
        }
        return to.build();
    }

    private void send(HttpRequest request, boolean mayBeStale) {
        lastBytes = System.nanoTime();
        CompletableFuture<HttpResponse<Intake.End>> answered = client.send(request, this::incoming);
        exchange = answered;
        var unused = answered.whenComplete((response, failure) -> {
            Duration since = Duration.ofNanos(System.nanoTime() - lastBytes);
            if (response == null
                    && mayBeStale
                    && !answering
                    && !link.over()
                    && UpstreamClient.staleConnection(failure, since)) {
                send(request, false);
            } else {
                over(response, failure);
            }
        });
        if (link.lost()) {
            answered.cancel(true);
        }
    }

    private HttpResponse.BodySubscriber<Intake.End> incoming(HttpResponse.ResponseInfo info) {
        lastBytes = System.nanoTime();
        answering = true;
        trace.upstreamStatus(info.statusCode());
        if (info.statusCode() / 100 == 3
                && info.headers().firstValue("location").isPresent()) {
            refuse(Redirect.error(session.provider(), info.headers())); // the client would take key and token there
            return new Intake((bytes, length) -> false);
        }
        link.run(() -> begin(link.response(), info.statusCode(), info.headers()));
        if (info.statusCode() >= 400) {
            counting.failed();
        }
        tap.of(info.headers().firstValue("content-type").orElse(""));
        return new Intake((bytes, length) -> {
            lastBytes = System.nanoTime();
            trace.upstreamBytes(bytes, length);
            link.run(() -> link.write(bytes, 0, length));
            tap.take(bytes, length);
            return !link.over();
        });
    }

    private static void begin(HttpServletResponse response, int status, HttpHeaders headers) {
        response.setStatus(status);
        headers.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-length")) {
                response.setContentLengthLong(Long.parseLong(values.get(0)));
            } else if (!KEPT_BACK.contains(lower) && !lower.startsWith(":")) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
    }

    private void over(@Nullable HttpResponse<Intake.End> response, @Nullable Throwable failure) {
        Throwable reason = response == null ? failure : response.body().reason();
        if (reason != null && !link.over()) {
            counting.failed();
            link.run(() -> cutOff(reason));
        }
        link.run(link::end);
        tap.end();
        close();
    }

    /** Before the answer has begun the client is told; after that it sees what it would have seen without us. */
    private void cutOff(Throwable reason) throws IOException {
        if (link.committed()) {
            UpstreamClient.log(reason, session.provider(), link.requestId());
            link.cut();
            return;
        }
        GatewayError error = reason instanceof CancellationException
                ? Outage.silent(session.provider())
                : UpstreamClient.error(reason, session.provider(), link.requestId());
        link.refuse(error);
    }

    private void refuse(GatewayError error) {
        counting.failed();
        link.run(() -> link.refuse(error));
        close();
    }

    private void close() {
        counting.over();
        trace.over();
        link.close();
    }

    private static byte[] withoutForeignThinking(byte[] body) {
        if (!Signature.mayBeIn(new String(body, StandardCharsets.ISO_8859_1))) {
            return body;
        }
        try {
            return ForeignThinking.removed(JsonMapper.shared().readTree(body))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            return body;
        }
    }

    @Override
    public void gone() {
        cancel();
        close();
    }

    @Override
    public void tick() {
        if (System.nanoTime() - lastBytes > settings.answer().toNanos()) {
            client.threads().execute(this::cancel);
        }
    }

    private void cancel() {
        CompletableFuture<?> running = exchange;
        if (running != null) {
            running.cancel(true);
        }
    }
}
