package dev.katra.gateway.mock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The steps in which a stream is sent. */
final class EventStream {

    static final String TYPE = "text/event-stream; charset=utf-8";

    private final Timing timing;
    private final @Nullable Frame failure;
    private final List<Step> steps = new ArrayList<>();
    private int pieces;

    private EventStream(Timing timing, @Nullable Frame failure) {
        this.timing = timing;
        this.failure = failure;
    }

    /** How these events are sent; the last one is sent if the answer fails. */
    static List<Step> of(List<Frame> frames, Timing timing, @Nullable Frame failure) {
        int all = (int) frames.stream().filter(Frame::piece).count();
        if (timing.furthest() > all) {
            throw new IllegalStateException(
                    "the answer has " + all + " pieces, and something is to happen after " + timing.furthest());
        }
        var stream = new EventStream(timing, failure);
        stream.play(frames);
        IntSupplier cuts = timing.cuts();
        return cuts == null ? stream.steps : cut(stream.steps, cuts);
    }

    private void play(List<Frame> frames) {
        if (reached()) {
            return;
        }
        boolean first = true;
        for (Frame frame : frames) {
            if (!first && !timing.pause().isZero()) {
                steps.add(new Step.Pause(timing.pause()));
            }
            first = false;
            send(frame);
            if (frame.piece()) {
                pieces++;
                if (reached()) {
                    return;
                }
            }
        }
    }

    /** Waits where that is wanted, and ends where the end is. */
    private boolean reached() {
        timing.after(pieces).forEach(latch -> steps.add(new Step.Hold(latch)));
        if (timing.end() == Timing.End.COMPLETE || timing.endAt() != pieces) {
            return false;
        }
        if (timing.end() == Timing.End.CUT) {
            steps.add(new Step.Cut());
        } else if (timing.end() == Timing.End.FAIL && failure != null) {
            send(failure);
        }
        return true;
    }

    private void send(Frame frame) {
        steps.add(new Step.Send(frame.wire().getBytes(StandardCharsets.UTF_8)));
    }

    /** The same bytes in other cuts; what stands between two sends stays there. */
    static List<Step> cut(List<Step> steps, IntSupplier sizes) {
        List<Step> cut = new ArrayList<>();
        var bytes = new ByteArrayOutputStream();
        for (Step step : steps) {
            if (step instanceof Step.Send send) {
                bytes.writeBytes(send.bytes());
            } else {
                cut(bytes, sizes, cut);
                cut.add(step);
            }
        }
        cut(bytes, sizes, cut);
        return cut;
    }

    private static void cut(ByteArrayOutputStream bytes, IntSupplier sizes, List<Step> steps) {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        int at = 0;
        while (at < all.length) {
            int end = Math.min(all.length, at + Math.max(1, sizes.getAsInt()));
            steps.add(new Step.Send(Arrays.copyOfRange(all, at, end)));
            at = end;
        }
    }
}
