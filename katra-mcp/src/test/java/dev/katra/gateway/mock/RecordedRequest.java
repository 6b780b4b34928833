package dev.katra.gateway.mock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request that a mock has had, and what became of it. */
public final class RecordedRequest {

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int connection;
    private final Instant at = Instant.now();
    private volatile Outcome outcome = Outcome.OPEN;
    private volatile @Nullable Instant end;
    private volatile @Nullable ModelInput asked;
    private volatile @Nullable StrictRejection rejected;

    RecordedRequest(String method, String target, Map<String, String> headers, byte[] body, int connection) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.connection = connection;
    }

    /** Its method. */
    public String method() {
        return method;
    }

    /** Its path, without a query. */
    public String path() {
        return target.split("\\?", -1)[0];
    }

    /** Its query, without the question mark. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** Its headers, by their names in lower case; several of one name are lines of one value. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A header, by its name in lower case; empty if it has none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Its body as it came. */
    public byte[] body() {
        return body.clone();
    }

    /** Its body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Its body as JSON. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(text());
    }

    /** What it asks a model; empty if it asks none, or cannot be read. */
    public Optional<ModelInput> asked() {
        return Optional.ofNullable(asked);
    }

    /** Why a vendor would refuse it; empty if it would not. */
    public Optional<StrictRejection> rejected() {
        return Optional.ofNullable(rejected);
    }

    /** On which connection it came; the first is 1. */
    public int connection() {
        return connection;
    }

    /** When it had come. */
    public Instant at() {
        return at;
    }

    /** How far it has come. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether the client went away before it had its answer. */
    public boolean left() {
        return outcome == Outcome.LEFT;
    }

    /** How long it took until its end; empty before. */
    public Optional<Duration> lasted() {
        return Optional.ofNullable(end).map(time -> Duration.between(at, time));
    }

    void asks(ModelInput what) {
        asked = what;
    }

    void rejected(StrictRejection why) {
        rejected = why;
    }

    void ended(Outcome how) {
        end = Instant.now();
        outcome = how;
    }

    /** Without the body, which may be long, and without the headers, which hold a key. */
    @Override
    public String toString() {
        return method + " " + target + " " + outcome;
    }
}
