package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.upstream.Provider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** Speaks to endpoints. It follows no redirect, for that would show the key to another address. */
final class UpstreamClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    private static final Duration LEARNS_WITHIN = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "katra-gateway");
        thread.setDaemon(true);
        return thread;
    });
    private final Supplier<HttpClient> client;
    private final GatewaySettings settings;

    UpstreamClient(GatewaySettings settings) {
        this.settings = settings;
        this.client = SingletonSupplier.of(() -> HttpClient.newBuilder() // has a thread, and is made when it is needed
                .connectTimeout(settings.connect())
                .proxy(ByProxy.of(settings.proxy(), settings.noProxy()))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build());
    }

    /**
     * A request to an address of an endpoint; empty if nothing can be sent there. It asks for an answer that is not
     * compressed, for a request that says nothing accepts any. It has a connection to itself: with HTTP/2 all sessions
     * share one, and there Java 17 breaks every answer off when the endpoint asks for a new connection (JDK-8335181),
     * and never closes one that has been idle, dead or not.
     */
    Optional<HttpRequest.Builder> request(String address) {
        try {
            return Optional.of(HttpRequest.newBuilder(URI.create(address))
                    .version(HttpClient.Version.HTTP_1_1)
                    .timeout(settings.answer())
                    .setHeader("Accept-Encoding", "identity"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return client.get().sendAsync(request, handler);
    }

    /**
     * Whether a request is to be sent again because its connection had been closed at the other end before anything came
     * back: endpoints close connections that have been idle, and the client learns it only when it uses one, but then
     * soon. An endpoint that has thought for longer may have done what was asked.
     */
    static boolean staleConnection(@Nullable Throwable thrown, Duration sinceSent) {
        Throwable reason = cause(thrown);
        return sinceSent.compareTo(LEARNS_WITHIN) < 0
                && reason instanceof IOException
                && !(reason instanceof HttpTimeoutException)
                && !(reason instanceof ConnectException)
                && !(reason instanceof SSLException);
    }

    /** The threads on which answers come in; they may block. */
    ExecutorService threads() {
        return threads;
    }

    /** What it means for the client that no answer has begun; what it was goes into the log. */
    static GatewayError error(Throwable thrown, Provider provider, String requestId) {
        log(thrown, provider, requestId);
        return meaning(thrown, provider, requestId);
    }

    /** Notes why an answer did not come, or not to its end; with the details if it is a defect of ours. */
    static void log(Throwable thrown, Provider provider, String requestId) {
        if (cause(thrown) instanceof IOException reason) {
            LOG.warn("the request {} to {} at {}: {}", requestId, provider.id(), provider.url(), reason.toString());
        } else {
            LOG.error("the request {} failed", requestId, thrown);
        }
    }

    private static GatewayError meaning(Throwable thrown, Provider provider, String requestId) {
        Throwable reason = cause(thrown);
        if (reason instanceof OutOfMemoryError) {
            return Outage.outOfMemory();
        }
        for (Throwable t = reason; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return Outage.untrusted(provider);
            }
            if (t instanceof HttpConnectTimeoutException
                    || t instanceof ConnectException
                    || t instanceof UnresolvedAddressException) {
                return Outage.unreachable(provider);
            }
        }
        if (reason instanceof HttpTimeoutException) {
            return Outage.silent(provider);
        }
        return reason instanceof IOException ? Outage.cutOff(provider) : Outage.defect(requestId);
    }

    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
