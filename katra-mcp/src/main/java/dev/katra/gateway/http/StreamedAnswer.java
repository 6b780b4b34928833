package dev.katra.gateway.http;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.codec.StopSequenceFilter;
import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes an endpoint's stream on to the client: each piece is sent as soon as it is read. */
final class StreamedAnswer {

    private static final int MAX_BEGINNING = 64;
    private static final Duration MAX_LINGER = Duration.ofSeconds(2);

    private final ClientAnswer answer;
    private final ClientLink link;
    private final Consumer<Quirk> noticed;
    private final StopSequenceFilter stops;
    private final StreamDecoder decoder;
    private final StringBuilder beginning = new StringBuilder();
    private volatile long lastEvent = System.nanoTime();
    private boolean understood;
    private long overSince;
    private Optional<Duration> patience = Optional.empty();
    /** The time at which the answer ends by itself, by the clock of nanoseconds; 0 as long as more is to come. */
    private volatile long endsAt;

    StreamedAnswer(
            Codec codec,
            Target target,
            ToolNames names,
            List<String> stops,
            Consumer<Quirk> noticed,
            ClientAnswer answer,
            ClientLink link) {
        this.answer = answer;
        this.link = link;
        this.noticed = noticed;
        this.stops = StopSequenceFilter.within(stops, this::event);
        this.decoder = codec.stream(target, names, this.stops);
    }

    /** Takes the next bytes; returns whether more is wanted. What follows the end of the answer is read and dropped. */
    boolean take(byte[] bytes, int length) {
        if (link.over()) {
            return answer.complete() && isWithinLinger();
        }
        if (!understood && beginning.length() < MAX_BEGINNING) {
            beginning.append(new String(bytes, 0, Math.min(length, MAX_BEGINNING), StandardCharsets.UTF_8));
        }
        forward(() -> decoder.push(bytes, 0, length));
        link.run(this::scheduleEnd);
        return !link.over() || answer.complete();
    }

    /**
     * Ends the stream, because the endpoint ended it or it was cut.
     *
     * @param stalled the error if the endpoint fell silent; null otherwise
     */
    void end(ProviderEndpoint provider, @Nullable GatewayError stalled) {
        forward(decoder::drain);
        if (stops.isMet() || (stalled != null && decoder.patience().isPresent())) {
            settle();
        } else if (stalled != null) {
            link.run(() -> answer.fail(stalled));
        } else if (!understood) {
            link.run(() -> answer.fail(noAnswerError(provider)));
        }
        forward(decoder::end);
        link.run(() -> {
            if (!answer.awaitsVerdicts() && !answer.isHandedOver()) {
                link.end();
            }
        });
    }

    /** Returns whether the answer has waited for its end long enough. */
    boolean due() {
        long when = endsAt;
        return when != 0 && System.nanoTime() - when > 0;
    }

    /** Ends an answer that is due, unless it has ended meanwhile. */
    void settle() {
        forward(stops.isMet() ? stops::settle : decoder::settle);
    }

    /** Returns the time in nanoseconds since the last event of the answer; comments do not count as one. */
    long idle() {
        return System.nanoTime() - lastEvent;
    }

    /**
     * Returns whether the rest of the stream is still read after the answer's end. A connection whose stream ends soon
     * can be used again.
     */
    private boolean isWithinLinger() {
        long now = System.nanoTime();
        overSince = overSince == 0 ? now : overSince;
        return now - overSince < MAX_LINGER.toNanos();
    }

    /**
     * Sets the time at which the answer ends by itself. Bytes that only keep a connection open, such as comments, do
     * not postpone it.
     */
    private void scheduleEnd() {
        Optional<Duration> left = stops.isMet() ? Optional.of(MAX_LINGER) : decoder.patience();
        if (left.isPresent() && !left.equals(patience)) {
            patience = left;
            endsAt = System.nanoTime() + left.get().toNanos() | 1;
        }
    }

    private GatewayError noAnswerError(ProviderEndpoint provider) {
        String start = beginning.toString().stripLeading().toLowerCase(Locale.ROOT);
        if (start.isEmpty()) {
            return EndpointErrors.empty(provider);
        }
        return start.startsWith("<") ? EndpointErrors.webPage(provider, 200) : EndpointErrors.unknownFormat(provider);
    }

    private void forward(Runnable reading) {
        link.run(() -> {
            try {
                reading.run();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            answer.flush();
            if (answer.over()) {
                link.end();
            }
        });
    }

    private void event(AnswerEvent event) {
        understood = true;
        lastEvent = System.nanoTime();
        if (event instanceof AnswerEvent.QuirkFound notice) {
            noticed.accept(notice.quirk());
            return;
        }
        try {
            answer.accept(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
