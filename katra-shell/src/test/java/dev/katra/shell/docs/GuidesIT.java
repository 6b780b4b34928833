package dev.katra.shell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Vendor;
import dev.katra.shell.docs.GuideSteps.Kind;
import dev.katra.shell.docs.GuideSteps.Step;
import dev.katra.shell.testing.ShortFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that the README and the guides show are run in the order in which they stand, and print what is shown, but
 * for times, ids and the place of the home. Lines for a configuration file are in it until the section ends.
 */
@Timeout(120)
class GuidesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** An endpoint that refuses the key of the guides, which is not a key. */
    private static final Vendor VENDOR = Vendor.ANY.withKey("sk-of-ada");

    @TempDir(factory = ShortFolder.class)
    Path folder;

    static List<String> guides() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/guides"))) {
            return Stream.concat(Stream.of("README.md"), files.map(file -> "docs/guides/" + file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyCommandPrintsWhatTheGuideShows(String guide) throws Exception {
        List<String> wrong = new ArrayList<>();
        GuideSetting setting = GuideSetting.of(Path.of(guide));
        try (MockUpstream vendor = MockUpstream.start(VENDOR).answering(asked -> Answer.text("Hello."));
                ReaderShell shell = new ReaderShell(folder, vendor.url())) {
            setting.prepare(shell);
            int section = 0;
            for (Step step : GuideSteps.of(ROOT.resolve(guide))) {
                if (step.section() != section) {
                    section = step.section();
                    Files.deleteIfExists(shell.home().resolve("providers.conf"));
                }
                if (step.kind() == Kind.CONFIGURATION) {
                    configure(shell, step);
                } else if (GuideSetting.isRun(step.text())) {
                    run(shell, setting, step, wrong);
                }
            }
        }
        assertThat(wrong).as(String.join("\n\n", wrong)).isEmpty();
    }

    @Test
    void whatIsNotRunStandsInAGuide() throws IOException {
        Set<String> left = GuideSetting.commands();
        for (String guide : guides()) {
            GuideSteps.of(ROOT.resolve(guide)).forEach(step -> left.remove(step.text()));
        }
        assertThat(left).as("commands that no guide shows any longer").isEmpty();
    }

    private static void run(ReaderShell shell, GuideSetting setting, Step step, List<String> wrong) throws Exception {
        for (String command : setting.before(step.text())) {
            ReaderShell.Result given = shell.type(command);
            assertThat(given.exit())
                    .as("%s: %s: %s", step.place(), command, given.screen())
                    .isZero();
        }
        String command = step.text().replace("KATRA_PORT=4100", "KATRA_PORT=" + setting.secondPort());
        String happening = GuideSetting.INTERRUPTED.get(step.text());
        ReaderShell.Result result =
                happening == null ? shell.type(command) : shell.interrupt(command, happening, "there is news");
        String shown = step.output() == null ? null : PrintedText.normal(step.output());
        String printed = PrintedText.normal(PrintedText.atHome(shell, result.screen()));
        boolean fails = step.output() != null && step.output().contains("\nhint: ");
        if (happening == null && fails == (result.exit() == 0)) {
            wrong.add(step.place() + ": " + step.text() + "\nexit code " + result.exit() + "\n" + printed);
        } else if (shown != null && !isSame(step.text(), printed, shown)) {
            wrong.add(
                    step.place() + ": " + step.text() + "\nthe guide shows:\n" + shown + "\nKatra prints:\n" + printed);
        }
    }

    /** Compares line by line; what goes through a pipe may come before or after what does not. */
    private static boolean isSame(String command, String printed, String shown) {
        return command.contains(" | ")
                ? printed.lines()
                        .sorted()
                        .toList()
                        .equals(shown.lines().sorted().toList())
                : printed.equals(shown);
    }

    /** Adds lines to the file that they are for, and has the next command that needs them read them. */
    private static void configure(ReaderShell shell, Step step) throws Exception {
        Files.createDirectories(shell.home());
        boolean server = step.text().startsWith("katra.");
        Path file = shell.home().resolve(server ? "server.properties" : "providers.conf");
        Files.writeString(file, step.text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String check = server ? "katra server stop && katra server start" : "katra providers";
        ReaderShell.Result result = shell.type(check);
        assertThat(result.exit()).as("%s: %s", step.place(), result.screen()).isZero();
    }
}
