package dev.katra.gateway.mock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a mock answers, in the format and in the mode in which it is asked. An answer is a value: each method gives
 * another one. Pieces are what a stream brings of thinking, of text and of a call's arguments, and the name of a call;
 * they are as many in every format.
 */
public final class Answer {

    private static final int PIECE = 12;

    private List<Part> parts = List.of();
    private Stop stop = Stop.NATURAL;
    private Tokens tokens = Tokens.USUAL;
    private int pieceLength = PIECE;
    private @Nullable Plain plain;
    private @Nullable VendorError error;
    private Map<String, String> headers = Map.of();
    private String encoding = "";
    private Timing timing = Timing.NONE;
    private UnaryOperator<List<String>> frames = UnaryOperator.identity();

    /** What is sent as it is; a stream in pieces of its own. */
    record Plain(int status, String type, List<String> pieces) {}

    private Answer() {}

    /** Says something. */
    public static Answer text(String text) {
        return new Answer().with(new Part.Text(text));
    }

    /** Calls a tool with these arguments, in JSON. */
    public static Answer tool(String name, String arguments) {
        return tools(Part.Call.of(name, arguments));
    }

    /** Calls tools at once. */
    public static Answer tools(Part.Call... calls) {
        return new Answer().with(calls);
    }

    /** Thinks, before what is added. */
    public static Answer thought(String text) {
        return new Answer().with(new Part.Thought(text));
    }

    /** Refuses. */
    public static Answer refusal(String text) {
        return new Answer().with(new Part.Refusal(text));
    }

    /** Says nothing. */
    public static Answer nothing() {
        return new Answer();
    }

    /** An error, as the vendor writes it. */
    public static Answer error(int status, @Nullable String code, String message) {
        Answer answer = new Answer();
        answer.error = VendorError.of(status, code, message);
        return answer;
    }

    /** An error with exactly this body. */
    public static Answer error(int status, Map<String, String> headers, String json) {
        Answer answer = raw(status, "application/json", json);
        answer.headers = Map.copyOf(headers);
        return answer;
    }

    /** Too many requests, for so many seconds. */
    public static Answer rateLimit(int seconds) {
        return error(429, "rate_limit_exceeded", "Rate limit reached. Please try again in " + seconds + "s.")
                .header("retry-after", Integer.toString(seconds));
    }

    /** A web page. */
    public static Answer html(int status, String page) {
        return raw(status, "text/html; charset=utf-8", page);
    }

    /** A 200 of this type with nothing in it. */
    public static Answer empty(String type) {
        return raw(200, type, "");
    }

    /** Exactly this. */
    public static Answer raw(int status, String type, String body) {
        Answer answer = new Answer();
        answer.plain = new Plain(status, type, List.of(body));
        return answer;
    }

    /** A stream of exactly these bytes, piece by piece. */
    public static Answer stream(String... pieces) {
        Answer answer = new Answer();
        answer.plain = new Plain(200, EventStream.TYPE, List.of(pieces));
        return answer;
    }

    /** Says this besides, after what it has. */
    public Answer andText(String text) {
        return with(new Part.Text(text));
    }

    /** Calls this tool besides, after what it has. */
    public Answer andTool(String name, String arguments) {
        return with(Part.Call.of(name, arguments));
    }

    /** With these parts besides, after what it has. */
    public Answer with(Part... more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(List.of(more));
        return change(answer -> answer.parts = List.copyOf(all));
    }

    /** After this thought. */
    public Answer thinking(String text) {
        List<Part> all = new ArrayList<>(parts);
        all.add(0, new Part.Thought(text));
        return change(answer -> answer.parts = List.copyOf(all));
    }

    /** Ends for this reason. */
    public Answer stopping(Stop reason) {
        return change(answer -> answer.stop = reason);
    }

    /** Took this. */
    public Answer taking(Tokens used) {
        return change(answer -> answer.tokens = used);
    }

    /** In pieces of so many characters. */
    public Answer piecesOf(int characters) {
        return change(answer -> answer.pieceLength = characters);
    }

    /** With this response header besides. */
    public Answer header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return change(answer -> answer.headers = all);
    }

    /** Compressed, {@code gzip} or {@code deflate}, whatever was asked for. */
    public Answer packed(String as) {
        return change(answer -> answer.encoding = as);
    }

    /** Begins, headers included, only after this time. */
    public Answer after(Duration delay) {
        return timed(timing.after(delay));
    }

    /** Begins, headers included, only once the latch is open. */
    public Answer held(CountDownLatch latch) {
        return timed(timing.held(-1, latch));
    }

    /** Goes on after so many pieces only once the latch is open; after none, the headers are there. */
    public Answer heldAfter(int pieces, CountDownLatch latch) {
        return timed(timing.held(pieces, latch));
    }

    /** Waits so long between two events. */
    public Answer pausing(Duration pause) {
        return timed(timing.pausing(pause));
    }

    /** The connection breaks after so many pieces. */
    public Answer cutAfter(int pieces) {
        return timed(timing.ending(pieces, Timing.End.CUT, null));
    }

    /** The stream ends in good order after so many pieces, though the answer is not complete. */
    public Answer endAfter(int pieces) {
        return timed(timing.ending(pieces, Timing.End.STOP, null));
    }

    /** The stream ends after so many pieces with an error; a whole answer is that error. */
    public Answer failAfter(int pieces, int status, @Nullable String code, String message) {
        return timed(timing.ending(pieces, Timing.End.FAIL, VendorError.of(status, code, message)));
    }

    /** The bytes come in cuts of these sizes, whatever they hold. */
    public Answer cutInto(IntSupplier sizes) {
        return timed(timing.cutInto(sizes));
    }

    /** With the events of its stream changed: left out, doubled, in another order. */
    public Answer editing(UnaryOperator<List<String>> edit) {
        return change(answer -> answer.frames = edit);
    }

    List<Part> parts() {
        return parts;
    }

    Stop stop() {
        return stop;
    }

    Tokens tokens() {
        return tokens;
    }

    int pieceLength() {
        return pieceLength;
    }

    @Nullable
    Plain plain() {
        return plain;
    }

    @Nullable
    VendorError error() {
        return error;
    }

    Map<String, String> headers() {
        return headers;
    }

    String encoding() {
        return encoding;
    }

    Timing timing() {
        return timing;
    }

    UnaryOperator<List<String>> frames() {
        return frames;
    }

    private Answer timed(Timing other) {
        return change(answer -> answer.timing = other);
    }

    private Answer change(Consumer<Answer> change) {
        Answer copy = new Answer();
        copy.parts = parts;
        copy.stop = stop;
        copy.tokens = tokens;
        copy.pieceLength = pieceLength;
        copy.plain = plain;
        copy.error = error;
        copy.headers = headers;
        copy.encoding = encoding;
        copy.timing = timing;
        copy.frames = frames;
        change.accept(copy);
        return copy;
    }
}
