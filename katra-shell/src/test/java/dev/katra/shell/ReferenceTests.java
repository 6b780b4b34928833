package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.upstream.Quirk;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Help;
import dev.katra.shell.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** The pages of the reference that are made from the program, so that they say what it does. */
class ReferenceTests {

    private static final Path REFERENCE = Path.of("../docs/reference");
    private static final String MADE =
            "<!-- Made from the program by ReferenceTests with -Dgolden.rewrite=true; edits are lost. -->\n\n";

    @TempDir
    Path folder;

    @Test
    void commands() throws IOException {
        StringBuilder page = new StringBuilder("# Commands\n\n" + MADE);
        page.append(
                "`katra COMMAND [options]`, with options and arguments in any order. `--option=value` is the same as");
        page.append(
                " `--option value`; behind `--` nothing is an option. What a command answers is on standard output,");
        page.append(" everything else on standard error; the [exit codes](exit-codes.md) are the same for all.\n");
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(CommandLineApplication.class)) {
            CommandRegistry registry = context.getBean(CommandRegistry.class);
            page.append("\n```console\n$ katra help\n")
                    .append(Help.of(registry, Integer.MAX_VALUE))
                    .append("\n```\n");
            registry.getCommands().stream()
                    .filter(command -> !command.isHidden())
                    .sorted(Comparator.comparing(Command::getName))
                    .forEach(command -> page.append("\n## katra ")
                            .append(command.getName())
                            .append("\n\n```text\n")
                            .append(Help.of(registry, List.of(command.getName().split(" ", -1)), Integer.MAX_VALUE))
                            .append("\n```\n"));
        }
        Golden.check(REFERENCE.resolve("commands.md"), page.toString());
    }

    @Test
    void exitCodes() throws IOException {
        Map<Failure.Code, String> meanings = Map.of(
                Failure.Code.INVALID, "the command line is wrong, or a file that it reads",
                Failure.Code.NOT_FOUND, "a thing that was named does not exist",
                Failure.Code.CONFLICT, "a thing exists already, or is in use",
                Failure.Code.UNAVAILABLE, "something that is needed is missing or does not answer",
                Failure.Code.CANCELLED, "the command was cancelled (Ctrl-C)",
                Failure.Code.INTERNAL, "a defect of Katra; the details are in the home's `logs`");
        assertThat(meanings).containsOnlyKeys(Failure.Code.values());
        StringBuilder page = new StringBuilder("# Exit codes\n\n" + MADE);
        page.append("| code | name | meaning |\n|---|---|---|\n| 0 | | done |\n");
        Arrays.stream(Failure.Code.values())
                .sorted(Comparator.comparingInt(code -> ExitCode.of(Failure.of(code, ""))))
                .forEach(code -> page.append("| ")
                        .append(ExitCode.of(Failure.of(code, "")))
                        .append(" | ")
                        .append(code.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(" | ")
                        .append(meanings.get(code))
                        .append(" |\n"));
        page.append("| ").append(ExitCode.BROKEN_PIPE).append(" | | nobody reads the output any more |\n");
        page.append("\nA failure is one line on standard error, `katra: what is the case`, and where there is a next");
        page.append(" step, an empty line and `hint: what to do`.");
        page.append(" A session that runs in the terminal ends with the exit code of Claude Code.\n");
        Golden.check(REFERENCE.resolve("exit-codes.md"), page.toString());
    }

    @Test
    void providers() throws IOException {
        ProviderCatalog catalog = ProviderLoader.load(new KatraHome(folder), Map.of());
        StringBuilder page = new StringBuilder("# Providers\n\n" + MADE);
        page.append(
                "The entries of [`config/providers.conf`](../../config/providers.conf), which is also where each says");
        page.append(" what it was made from. `").append(catalog.defaultId()).append("` is the default.");
        page.append(" `katra providers` shows them as your `providers.conf` and your environment leave them.\n\n");
        page.append("| provider | route | endpoint | format | key | model | window |\n|---|---|---|---|---|---|---|\n");
        for (Provider provider : catalog.all()) {
            page.append(row(provider)).append('\n');
        }
        page.append(
                "\nRoutes: `direct` gives Claude Code the endpoint, which speaks its own format. `gateway` gives it");
        page.append(" Katra's server, which translates for the endpoint; for a provider of Claude Code's own format");
        page.append(
                " it passes requests through, counts them and answers the check of auto mode. `katra:` is Katra's own server.");
        page.append(" A key is read from the variable that is named, in the environment of the shell that starts the");
        page.append(" session.\n\nWhat the gateway knows of an endpoint; the guide explains");
        page.append(
                " [the words](../guides/providers.md#what-an-endpoint-takes). A provider that is reached directly needs");
        page.append(" it only if its `_ANTHROPIC_ENDPOINT` is taken back.\n\n");
        page.append("| provider | format | quirks | efforts | longest answer |\n|---|---|---|---|---|\n");
        catalog.all().stream()
                .filter(provider ->
                        !provider.quirks().isEmpty() || !provider.efforts().isEmpty())
                .forEach(provider -> page.append(translation(provider)).append('\n'));
        Golden.check(REFERENCE.resolve("providers.md"), page.toString());
    }

    private static String row(Provider provider) {
        Route route = provider.routeFor(null);
        List<String> cells = new ArrayList<>();
        cells.add(provider.id());
        cells.add(route.externalName());
        cells.add(code(provider.messagesEndpoint().orElse(provider.endpoint())));
        cells.add(provider.protocolOn(route).externalName());
        cells.add(
                !provider.auth().needsKey()
                        ? "none"
                        : code(provider.apiKeyVar()) + (provider.hasLogin() ? ", or your Claude login" : ""));
        cells.add(provider.model() == null ? "Claude Code's default" : code(provider.model()));
        cells.add(provider.contextTokens() == null ? "" : String.format(Locale.ROOT, "%,d", provider.contextTokens()));
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String translation(Provider provider) {
        return "| " + provider.id() + " | " + provider.protocol().externalName() + " | "
                + provider.quirks().replace(",", ", ") + " | "
                + provider.efforts().replace(",", ", ") + " | "
                + (provider.maxOutputTokens() == null
                        ? ""
                        : String.format(Locale.ROOT, "%,d", provider.maxOutputTokens()))
                + " |";
    }

    @Test
    void theGuideExplainsEveryQuirkAndEverySetting() throws IOException {
        String guide = Files.readString(Path.of("../docs/guides/providers.md"));

        assertThat(Quirk.values())
                .allSatisfy(quirk -> assertThat(guide).contains("| `" + quirk.externalName() + "` |"));
        assertThat(Setting.values())
                .filteredOn(setting -> setting != Setting.ENV)
                .allSatisfy(setting -> assertThat(guide).contains("`" + setting.suffix() + "`"));
    }

    private static String code(@org.jspecify.annotations.Nullable String text) {
        return "`" + Objects.requireNonNull(text) + "`";
    }
}
