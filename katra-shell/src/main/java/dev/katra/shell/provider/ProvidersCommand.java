package dev.katra.shell.provider;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Providers;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra providers}: what a session can be started on. */
@Component
class ProvidersCommand {

    /** One provider, for {@code --json}. */
    record Row(
            String id,
            boolean usual,
            String route,
            String endpoint,
            @Nullable String model,
            String key,
            String protocol) {}

    @Command(
            name = "providers",
            group = Groups.PROVIDERS,
            description = "List the providers and whether their keys are set")
    @Runs(at = Runs.Where.ANYWHERE, wholeEnvironment = true)
    void providers(Caller caller, @Option(longName = "json", description = "print an array of objects") boolean json) {
        ProviderCatalog catalog = Providers.load(caller.home(), caller.environment());
        List<Row> rows = catalog.all().stream()
                .map(provider -> row(provider, catalog, caller))
                .toList();
        if (json) {
            caller.print(Json.of(rows));
            return;
        }
        Table table = new Table("PROVIDER", "ROUTE", "MODEL", "KEY", "ENDPOINT");
        rows.forEach(row -> table.row(
                row.id() + (row.usual() ? " (default)" : ""),
                row.route(),
                Objects.requireNonNullElse(row.model(), "Claude Code's default"),
                row.key(),
                row.endpoint() + (row.route().equals(Route.GATEWAY.word()) ? " (" + row.protocol() + ")" : "")));
        caller.print(table.toString());
    }

    private static Row row(Provider provider, ProviderCatalog catalog, Caller caller) {
        String key = !provider.auth().needsKey()
                ? "none needed"
                : caller.variable(provider.apiKeyVar()).isEmpty()
                        ? provider.hasLogin()
                                ? "not set; your Claude login is used"
                                : "not set: " + provider.apiKeyVar()
                        : "set: " + provider.apiKeyVar();
        Route route = provider.routeFor(null);
        return new Row(
                provider.id(),
                provider.id().equals(catalog.defaultId()),
                route.word(),
                route == Route.VERBATIM
                        ? provider.verbatimEndpoint()
                        : provider.messagesEndpoint().orElseGet(provider::verbatimEndpoint),
                provider.model(),
                key,
                provider.protocolOn(route).word());
    }
}
