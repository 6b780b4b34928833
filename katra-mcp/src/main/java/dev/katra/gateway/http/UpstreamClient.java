package dev.katra.gateway.http;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.upstream.ProxySelection;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.failure.Redaction;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.web.RefusedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** Sends requests to endpoints. It follows no redirect, because that would show the key to another address. */
final class UpstreamClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    private static final Duration STALE_WITHIN = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemons("katra-gateway"));
    private final Supplier<HttpClient> client;
    private final GatewaySettings settings;

    UpstreamClient(GatewaySettings settings) {
        this.settings = settings;
        this.client = SingletonSupplier.of(() -> HttpClient.newBuilder() // has a thread, so it is made only when needed
                .connectTimeout(settings.connect())
                .proxy(ProxySelection.of(settings.proxy(), settings.noProxy()))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build());
    }

    /**
     * Returns a request to an address of an endpoint; empty if the address is not valid. The request asks for an answer
     * without compression, because a request that says nothing accepts any. It has a connection to itself: with HTTP/2
     * all sessions share one, and there Java 17 breaks every answer off when the endpoint asks for a new connection
     * (JDK-8335181), and never closes an idle one, dead or not.
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
     * Returns whether to send a request again because the other end had closed its connection before anything came
     * back. Endpoints close idle connections, and the client learns that only when it uses one, but then soon. An
     * endpoint that has taken longer may have done what was asked.
     */
    static boolean staleConnection(@Nullable Throwable thrown, Duration sinceSent) {
        Throwable reason = cause(thrown);
        return sinceSent.compareTo(STALE_WITHIN) < 0
                && reason instanceof IOException
                && !(reason instanceof HttpTimeoutException)
                && !(reason instanceof ConnectException)
                && !(reason instanceof SSLException);
    }

    /** Returns whether this says that an endpoint did not answer, and nothing of the gateway itself. */
    static boolean isOfEndpoint(Throwable thrown) {
        Throwable reason = cause(thrown);
        return reason instanceof IOException || reason instanceof UnresolvedAddressException;
    }

    /** Returns what an endpoint did that did not answer, as the rest of a sentence that begins with its name. */
    static String reason(Throwable thrown) {
        Throwable reason = cause(thrown);
        for (Throwable t = reason; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof HttpConnectTimeoutException
                    || t instanceof UnresolvedAddressException
                    || t instanceof SSLException) {
                return "could not be reached";
            }
        }
        return reason instanceof HttpTimeoutException ? "did not answer in time" : "broke the connection off";
    }

    /** Runs this on one of {@link #threads}, or on the calling thread after the client was closed. */
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Returns the threads on which answers come in; they may block. */
    ExecutorService threads() {
        return threads;
    }

    /** Logs why no answer has begun, and returns the error for the client. */
    static GatewayError error(Throwable thrown, ProviderEndpoint provider, String requestId) {
        log(thrown, provider, requestId);
        return meaning(thrown, provider, requestId);
    }

    /** Logs why an answer did not come or was not completed; a defect of the gateway is logged with its stack trace. */
    static void log(Throwable thrown, ProviderEndpoint provider, String requestId) {
        Throwable reason = cause(thrown);
        if (reason instanceof IOException || reason instanceof RefusedBody) {
            LOG.warn(
                    "the request {} to {} at {}: {}",
                    requestId,
                    provider.id(),
                    Redaction.redact(provider.url()),
                    Redaction.redact(reason.toString()));
        } else {
            LOG.error("the request {} failed", requestId, thrown);
        }
    }

    private static GatewayError meaning(Throwable thrown, ProviderEndpoint provider, String requestId) {
        Throwable reason = cause(thrown);
        if (reason instanceof OutOfMemoryError) { // of threads, or outside of the heap: without heap the JVM ends
            return EndpointErrors.outOfMemory();
        }
        if (reason instanceof RefusedBody refused) {
            return refused.reason() == RefusedBody.Reason.OVER_SHARE
                    ? EndpointErrors.overMemoryShare(provider)
                    : EndpointErrors.outOfMemory();
        }
        for (Throwable t = reason; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return EndpointErrors.untrusted(provider);
            }
            if (t instanceof HttpConnectTimeoutException
                    || t instanceof ConnectException
                    || t instanceof UnresolvedAddressException) {
                return EndpointErrors.unreachable(provider);
            }
        }
        if (reason instanceof HttpTimeoutException) {
            return EndpointErrors.timedOut(provider);
        }
        return reason instanceof IOException
                ? EndpointErrors.cutOff(provider)
                : EndpointErrors.internalError(requestId);
    }

    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        if (thrown instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        }
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
