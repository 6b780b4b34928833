package dev.katra.gateway.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of an endpoint's answer on as they come, and asks for the next only when the last were taken. It
 * never fails: its result says how the answer ended.
 */
final class BodyReader implements HttpResponse.BodySubscriber<BodyReader.End> {

    /** Takes bytes, on a thread that may block. */
    @FunctionalInterface
    interface Receiver {

        /** Takes the first bytes of the buffer; returns whether more is wanted. */
        boolean take(byte[] bytes, int length);
    }

    /** An End says how an answer ended: with its last byte, or for a reason. */
    record End(@Nullable Throwable reason) {}

    private final Receiver receiver;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private byte[] buffer = new byte[0];

    BodyReader(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public CompletionStage<End> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        Flow.Subscription current = subscription;
        if (current == null || end.isDone()) {
            return;
        }
        int length = items.stream().mapToInt(ByteBuffer::remaining).sum();
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        int at = 0;
        for (ByteBuffer item : items) {
            int size = item.remaining();
            item.get(buffer, at, size);
            at += size;
        }
        boolean more;
        try {
            more = receiver.take(buffer, length);
        } catch (RuntimeException e) {
            current.cancel();
            end.complete(new End(e));
            return;
        }
        if (more) {
            current.request(1);
        } else {
            current.cancel();
            end.complete(new End(null));
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end.complete(new End(thrown));
    }

    @Override
    public void onComplete() {
        end.complete(new End(null));
    }
}
