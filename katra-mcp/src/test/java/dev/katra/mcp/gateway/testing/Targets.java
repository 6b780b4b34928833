package dev.katra.mcp.gateway.testing;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.mcp.gateway.upstream.Provider;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.List;

/** Models to send requests to. */
public final class Targets {

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
                new Provider("acme", "https://api.acme.test/v1", "ACME_API_KEY"), "acme-1", 8_000, 64_000, all);
    }
}
