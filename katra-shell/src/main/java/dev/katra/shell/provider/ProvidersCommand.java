package dev.katra.shell.provider;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.text.VisibleText;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentLogin;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra providers} lists what a session can be started on. */
@Component
class ProvidersCommand {

    private final Agent agent;
    private final Clock clock;

    @Autowired
    ProvidersCommand(Agent agent) {
        this(agent, Clock.systemUTC());
    }

    ProvidersCommand(Agent agent, Clock clock) {
        this.agent = agent;
        this.clock = clock;
    }

    /**
     * A Row is one provider, for {@code --json}, where its parts stand as if they were its own fields.
     *
     * @param usual true if it is the default
     */
    record Row(String id, boolean usual, @JsonUnwrapped Way way, String key, String protocol) {}

    /**
     * Says how a provider is reached, and for which model.
     *
     * @param model null for the agent's default
     */
    record Way(String route, String endpoint, @Nullable String model) {}

    @Example(
            value = "katra providers",
            synonyms = {"models", "vendors"})
    @Command(
            name = "providers",
            group = Groups.PROVIDERS,
            description = "List the providers and whether their keys are set",
            help = """
                    --prices lists what providers.conf says that their models cost, in US dollars a million tokens,
                    when that was read, and where. What it does not say has no price. For Anthropic, Claude Code
                    reports what requests cost at list prices.
                    """)
    @Runs(at = Runs.Where.ANYWHERE, wholeEnvironment = true, ownerOnly = true)
    void providers(
            Caller caller,
            @Option(longName = "prices", description = "list what their models cost") boolean prices,
            @OptionText("an array of objects") OutputFormat format) {
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        if (prices) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), caller.zone());
            List<PriceRow> rows = catalog.all().stream()
                    .flatMap(provider -> PriceRow.of(provider, today, agent.displayName()).stream())
                    .toList();
            caller.print(format.json() ? Json.of(rows) : tableOfPrices(rows).fitting(caller));
        } else {
            List<Row> rows = catalog.all().stream()
                    .map(provider -> row(provider, catalog, caller))
                    .toList();
            caller.print(format.json() ? Json.of(rows) : table(rows).fitting(caller));
        }
    }

    private Table table(List<Row> rows) {
        Table table = new Table(
                Column.of("PROVIDER"),
                Column.of("ROUTE").optional(2),
                Column.of("MODEL").cutTo(12),
                Column.of("KEY").cutTo(24),
                Column.of("ENDPOINT").cutTo(24).optional(1));
        rows.forEach(row -> table.row(
                row.id() + (row.usual() ? " (default)" : ""),
                row.way().route(),
                VisibleText.name(Objects.requireNonNullElse(row.way().model(), agent.displayName() + "'s default")),
                row.key(),
                row.way().endpoint()
                        + (row.way().route().equals(Route.GATEWAY.externalName()) ? " (" + row.protocol() + ")" : "")));
        return table;
    }

    private static Table tableOfPrices(List<PriceRow> rows) {
        Table table = new Table(
                Column.of("PROVIDER"),
                Column.of("MODEL").cutTo(12),
                Column.of("INPUT").alignedRight(),
                Column.of("OUTPUT").alignedRight(),
                Column.of("CACHED").alignedRight(),
                Column.of("DATE").optional(3),
                Column.of("SOURCE").cutTo(24).optional(1),
                Column.of("NOTE").optional(2));
        rows.forEach(row -> table.row(
                row.provider(),
                row.model() == null ? "(others)" : VisibleText.name(row.model()),
                switch (row.price()) {
                    case SET -> dollars(row.amounts().inputPrice());
                    case LIST -> "list price";
                    case NONE -> "no price";
                },
                dollars(row.amounts().outputPrice()),
                dollars(row.amounts().cachedPrice()),
                Objects.requireNonNullElse(row.origin().date(), ""),
                VisibleText.of(Objects.requireNonNullElse(row.origin().source(), "")),
                row.origin().note()));
        return table;
    }

    /** Returns a price exactly as it is, because the smallest are fractions of a cent. */
    private static String dollars(@Nullable BigDecimal price) {
        return price == null ? "" : "$" + price.toPlainString();
    }

    private Row row(Provider provider, ProviderCatalog catalog, Caller caller) {
        String key = !provider.auth().needsKey()
                ? "none needed"
                : caller.variable(provider.apiKeyVar()).isEmpty()
                        ? provider.hasLogin() ? login(provider, caller) : "not set: " + provider.apiKeyVar()
                        : "set: " + provider.apiKeyVar();
        Route route = provider.routeFor(null);
        return new Row(
                provider.id(),
                provider.id().equals(catalog.defaultId()),
                new Way(
                        route.externalName(),
                        route == Route.VERBATIM
                                ? provider.verbatimEndpoint()
                                : provider.messagesEndpoint().orElseGet(provider::verbatimEndpoint),
                        provider.model()),
                key,
                provider.protocolOn(route).externalName());
    }

    /** Returns what pays where no key is set, and where that leads, by the settings of the caller's own client. */
    private String login(Provider provider, Caller caller) {
        AgentLogin login = agent.settings(caller.environment(), caller.folder()).login();
        String pays = login.credentialPlace() == null
                ? "not set, and no " + agent.shortName() + " login found: " + provider.apiKeyVar()
                : "not set; " + login.credentialPlace() + " is used";
        return login.leadsElsewhere() ? pays + ", at " + login.endpoint() : pays;
    }
}
