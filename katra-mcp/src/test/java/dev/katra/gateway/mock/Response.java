package dev.katra.gateway.mock;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is sent.
 *
 * @param before what is done before its headers go out
 * @param length of its body; negative if it is sent in chunks
 */
record Response(int status, Map<String, String> headers, List<Step> before, long length, List<Step> steps) {

    private static final String JSON = "application/json";

    /** What answers this request. */
    static Response of(Answer answer, ModelInput asked, Vendor vendor, IssuedItems issued) {
        Response plain = plain(answer, asked, vendor, issued);
        return answer.encoding().isEmpty() ? plain : ResponseCompressor.packed(plain, answer.encoding());
    }

    private static Response plain(Answer answer, ModelInput asked, Vendor vendor, IssuedItems issued) {
        Answer.Plain plain = answer.plain();
        VendorError error = answer.error();
        AnswerFormat form = AnswerFormat.of(asked.api());
        if (error != null) {
            return whole(error.status(), JSON, error.json(asked.api()).toString(), answer);
        }
        if (plain != null && plain.type().equals(EventStream.TYPE)) {
            List<Frame> frames =
                    plain.pieces().stream().map(piece -> new Frame(piece, true)).toList();
            return stream(frames, answer, form);
        }
        if (plain != null) {
            return whole(plain.status(), plain.type(), String.join("", plain.pieces()), answer);
        }
        Reply reply = Reply.of(answer, asked, vendor, issued);
        if (asked.streams()) {
            return stream(edited(form.stream(reply), answer), answer, form);
        }
        VendorError failure = answer.timing().error();
        if (failure != null) {
            return whole(failure.status(), JSON, failure.json(asked.api()).toString(), answer);
        }
        return whole(200, JSON, form.whole(reply).toString(), answer);
    }

    /** One that is sent at once. */
    static Response of(int status, String type, String body) {
        return whole(status, type, body, Answer.nothing());
    }

    private static Response stream(List<Frame> frames, Answer answer, AnswerFormat form) {
        VendorError error = answer.timing().error();
        @Nullable Frame failure = error == null ? null : form.error(error);
        return new Response(
                200,
                headers(EventStream.TYPE, answer),
                before(answer.timing()),
                -1,
                EventStream.of(frames, answer.timing(), failure));
    }

    private static List<Frame> edited(List<Frame> frames, Answer answer) {
        List<String> pieces =
                frames.stream().filter(Frame::piece).map(Frame::wire).toList();
        return answer.frames().apply(frames.stream().map(Frame::wire).toList()).stream()
                .map(wire -> new Frame(wire, pieces.contains(wire)))
                .toList();
    }

    /** A whole body has one place where something can happen: its middle. */
    private static Response whole(int status, String type, String text, Answer answer) {
        Timing timing = answer.timing();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        int middle = body.length / 2;
        boolean stops = timing.end() == Timing.End.STOP;
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Send(Arrays.copyOf(body, middle)));
        timing.holds().stream()
                .filter(hold -> hold.pieces() >= 0)
                .forEach(hold -> steps.add(new Step.Hold(hold.latch())));
        if (timing.end() == Timing.End.CUT) {
            steps.add(new Step.Cut());
        } else if (!stops) {
            steps.add(new Step.Send(Arrays.copyOfRange(body, middle, body.length)));
        }
        IntSupplier cuts = timing.cuts();
        return new Response(
                status,
                headers(type, answer),
                before(timing),
                stops ? middle : body.length,
                cuts == null ? steps : EventStream.cut(steps, cuts));
    }

    private static List<Step> before(Timing timing) {
        List<Step> before = new ArrayList<>();
        if (!timing.delay().isZero()) {
            before.add(new Step.Pause(timing.delay()));
        }
        timing.after(-1).forEach(latch -> before.add(new Step.Hold(latch)));
        return before;
    }

    private static Map<String, String> headers(String type, Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", type);
        headers.put("x-request-id", "req_mock");
        headers.putAll(answer.headers());
        return headers;
    }
}
