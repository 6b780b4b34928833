package dev.katra.mcp.gateway.http;

import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageService;
import dev.katra.mcp.gateway.answer.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one request has used; told once, when it is over. */
final class Counting {

    private final UsageService usage;
    private final SessionUpstream upstream;
    private final String model;
    private final long arrived = System.nanoTime();
    private @Nullable Duration firstToken;
    private Usage used = Usage.NONE;
    private boolean failed;
    private boolean told;

    Counting(UsageService usage, SessionUpstream upstream, String model) {
        this.usage = usage;
        this.upstream = upstream;
        this.model = model;
    }

    /** For a request that is no use of a model. */
    static Counting nothing(UsageService usage, SessionUpstream upstream) {
        Counting counting = new Counting(usage, upstream, "");
        counting.told = true;
        return counting;
    }

    /** The first piece of a streamed answer has come; later ones change nothing. */
    synchronized void token() {
        if (firstToken == null) {
            firstToken = Duration.ofNanos(System.nanoTime() - arrived);
        }
    }

    synchronized void used(Usage reported) {
        used = reported;
    }

    synchronized void failed() {
        failed = true;
    }

    /** Tells the count; again does nothing. */
    synchronized void over() {
        if (told) {
            return;
        }
        told = true;
        var tokens = new TokenCounts(used.input(), used.cacheRead(), used.cacheWrite(), used.output());
        usage.count(
                upstream.sessionId(),
                new CountedRequest(
                        model, failed, tokens, firstToken, upstream.prices().cost(model, tokens)));
    }
}
