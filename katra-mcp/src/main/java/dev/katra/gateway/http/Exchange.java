package dev.katra.gateway.http;

import dev.katra.gateway.failure.GatewayError;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An Exchange sends one request to an endpoint and leads its answer to the client. It knows how long the endpoint has
 * been silent, gives up when the client leaves, and ends both sides. Its methods are called on threads of the gateway.
 */
abstract class Exchange implements ClientLink.Owner {

    protected final GatewayContext gateway;
    protected final SessionUpstream session;
    protected final ClientLink link;
    protected final UsageMeter counting;
    protected final Trace trace;
    protected final Handover handover;
    private boolean resent;
    /** True once another exchange has the request; it is set under {@link ClientLink#run}, like all that is written. */
    private volatile boolean handedOver;

    private volatile @Nullable CompletableFuture<?> sending;
    private volatile long lastBytes = System.nanoTime();
    private volatile boolean headed;

    protected Exchange(
            GatewayContext gateway,
            SessionUpstream session,
            ClientLink link,
            UsageMeter counting,
            Trace trace,
            Handover handover) {
        this.gateway = gateway;
        this.session = session;
        this.link = link;
        this.counting = counting;
        this.trace = trace;
        this.handover = handover;
    }

    /** Sends the request on. */
    abstract void start();

    /** Answers the client with an error. Called under {@link ClientLink#run}. */
    protected abstract void sendError(GatewayError error) throws IOException;

    /** Ends the exchange after a defect of the gateway, at whatever point the answer is. */
    protected abstract void defect(Throwable thrown);

    /**
     * Sends the request.
     *
     * @param incoming takes the answer's head and then its bytes
     * @param over takes the whole response or the failure, of which the other is null
     */
    protected final void send(
            HttpRequest request,
            HttpResponse.BodyHandler<BodyReader.End> incoming,
            BiConsumer<@Nullable HttpResponse<BodyReader.End>, @Nullable Throwable> over) {
        noteBytes();
        headed = false;
        CompletableFuture<HttpResponse<BodyReader.End>> sent = gateway.client().send(request, info -> {
            noteBytes();
            headed = true;
            trace.upstreamStatus(info.statusCode());
            return incoming.apply(info);
        });
        sending = sent;
        var unused = sent.whenComplete((response, failure) -> {
            if (handedOver) {
                return;
            }
            try {
                over.accept(response, failure);
            } catch (RuntimeException | OutOfMemoryError e) {
                if (!handedOver) {
                    defect(e);
                }
            }
        });
        if (link.hasClientLeft()) {
            sent.cancel(true); // the client left before there was anything to cancel
        }
    }

    /**
     * Returns whether to send the request once more because its connection was stale. Only the first time is it true,
     * until {@link #allowResend}.
     */
    protected final boolean resendsAfter(@Nullable Throwable failure) {
        boolean again = !headed && !resent && UpstreamClient.staleConnection(failure, silence());
        resent |= again;
        return again;
    }

    protected final void allowResend() {
        resent = false;
    }

    /** Returns whether the head of the answer to the last sending has come. */
    protected final boolean headed() {
        return headed;
    }

    /** Notes that the endpoint has just sent bytes. */
    protected final void noteBytes() {
        lastBytes = System.nanoTime();
    }

    /** Returns the time since the endpoint last sent anything. */
    protected final Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastBytes);
    }

    /** Returns how long the endpoint may be silent before the exchange is given up. */
    protected final Duration maxSilence() {
        return headed ? gateway.settings().silence() : gateway.settings().answer();
    }

    /** Returns whether the request is with another endpoint now, so that this exchange is over. */
    protected final boolean isHandedOver() {
        return handedOver;
    }

    /**
     * Gives the request to the session's next endpoint, if there is one and nothing has gone to the client; then this
     * exchange is over. Otherwise the client must be told of the trouble.
     */
    protected final boolean handsOver(EndpointTrouble trouble) {
        if (handedOver || !handover.accepts(trouble)) {
            return handedOver;
        }
        link.run(() -> {
            if (!link.committed() && !handedOver) {
                handedOver = true;
                counting.noteFailure();
                counting.report();
                trace.over();
                handover.handOver(trouble);
            }
        });
        if (handedOver) {
            cancelSoon();
        }
        return handedOver;
    }

    /**
     * Returns the trouble with an endpoint that did not answer.
     *
     * @param reason what it did, as the rest of a sentence that begins with its name
     */
    protected final EndpointTrouble silence(String reason, GatewayError error) {
        return new EndpointTrouble(true, false, Optional.empty(), reason, () -> sendError(error));
    }

    /** Logs why no answer has begun, and returns the error for the client. */
    protected final GatewayError error(Throwable thrown) {
        return UpstreamClient.error(thrown, session.provider(), link.requestId());
    }

    protected final void refuse(GatewayError error) {
        handover.left(); // what is refused here says nothing of the endpoint
        counting.noteFailure();
        link.run(() -> sendError(error));
        close();
    }

    protected final void close() {
        counting.report();
        trace.over();
        link.close();
    }

    /** Stops the sending on another thread, because this one must not block. */
    protected final void cancelSoon() {
        gateway.client().threads().execute(this::cancel);
    }

    private void cancel() {
        CompletableFuture<?> running = sending;
        if (running != null) {
            running.cancel(true);
        }
    }

    @Override
    public final void gone() {
        handover.left();
        cancel();
        gateway.client().execute(this::close); // closing may have to read the request once more
    }
}
