package dev.katra.gateway.testing;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.util.List;

/** Models to send requests to. */
public final class Targets {

    /** Who makes the answers of any of them. */
    public static final String MAKER = ThinkingSignature.maker(plain());

    private Targets() {}

    public static Target plain(Quirk... quirks) {
        return with(List.of(), quirks);
    }

    public static Target reasoning(Quirk... quirks) {
        return with(List.of(Effort.NONE, Effort.LOW, Effort.MEDIUM, Effort.HIGH), quirks);
    }

    private static Target with(List<Effort> efforts, Quirk... quirks) {
        Quirks all = Quirks.NONE.withEfforts(efforts);
        for (Quirk quirk : quirks) {
            all = all.with(quirk);
        }
        return new Target(
                new ProviderEndpoint("acme", "https://api.acme.test/v1", "ACME_API_KEY"), "acme-1", 8_000, 64_000, all);
    }
}
