package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import java.util.List;

/** What a session has used, as it was counted. */
record SessionTotals(Usage usage) {

    static SessionTotals of(GatewayClient client) {
        long id = client.session().session().id();
        Usage usage = client.server().bean(UsageService.class).of(List.of(id)).get(id);
        if (usage == null) {
            throw new AssertionError("nothing was counted for the session");
        }
        return new SessionTotals(usage);
    }

    SessionTotals hasRequests(long requests, long errors) {
        assertThat(usage.requests().all()).isEqualTo(requests);
        assertThat(usage.requests().errors()).isEqualTo(errors);
        return this;
    }

    SessionTotals hasTokens(long input, long cacheRead, long cacheWrite, long output) {
        assertThat(List.of(
                        usage.tokens().input(),
                        usage.tokens().cacheRead(),
                        usage.tokens().cacheWrite(),
                        usage.tokens().output()))
                .containsExactly(input, cacheRead, cacheWrite, output);
        return this;
    }

    SessionTotals hasCost(long nanos) {
        assertThat(usage.cost().nanoDollars()).isEqualTo(nanos);
        return this;
    }

    SessionTotals hasFirstToken() {
        assertThat(usage.firstTokens().answers()).isPositive();
        return this;
    }
}
