package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Part;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every provider in {@code config/providers.conf}, each with a vendor on loopback that is as strict as its entry, and with
 * the real Claude Code as {@code katra start} starts it, in its default mode.
 */
@Timeout(240)
class ShippedProvidersIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final Map<String, MockUpstream> mocks = new ConcurrentSkipListMap<>();
    private static final Map<String, String> table = new ConcurrentSkipListMap<>();

    static List<ShippedVendor> vendors() {
        return ShippedVendor.all();
    }

    @BeforeAll
    static void serve() {
        for (ShippedVendor vendor : vendors()) {
            MockUpstream mock = vendor.start();
            mocks.put(vendor.toString(), mock);
            vendor.variables(mock).forEach(world::export);
        }
    }

    @AfterAll
    static void end() throws IOException {
        mocks.values().forEach(MockUpstream::close);
        String text = String.join("\n", table.values()) + "\n";
        KatraWorld.record("providers", text);
        System.out.print(text);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    @Execution(ExecutionMode.CONCURRENT)
    void answersRunsWhatIsCheckedEditsAFileAndGetsItsMail(ShippedVendor vendor) throws Exception {
        long begin = System.nanoTime();
        String id = vendor.toString();
        String mail = "A letter for " + id + ".";
        Path folder = Files.createDirectories(world.folder().resolve(id));
        MockUpstream mock = mocks.get(id);
        assertThat(mock).isNotNull();
        mock.answering(asked -> answer(asked, folder, mail));
        record(vendor, begin, "failed");

        List<String> words = new ArrayList<>(List.of("start", "--persona", id, "--provider", id, "--isolated", "-b"));
        words.addAll(List.of("--prompt", "Fetch the page and write it down."));
        if (vendor.judges()) {
            words.addAll(
                    List.of("--route", vendor.route().externalName())); // as at its own address, which loopback is not
        }
        ProcessResult started = world.katra(folder, world.environment(), words.toArray(String[]::new));
        assertThat(started.ok()).as(started.stderr()).isTrue();
        awaitOnScreen(id, mock, "Both are done");
        assertThat(folder.resolve("FETCHED")).exists();
        assertThat(folder.resolve("WRITTEN")).hasContent("by " + id);

        world.done("say", "--to", id, mail);
        awaitOnScreen(id, mock, "The letter is here");
        world.done("stop", id);

        mock.assertNothingRejected();
        assertThat(mock.asked()).allMatch(asked -> asked.api() == vendor.api());
        assertThat(mock.asked()).filteredOn(AutoMode::isOwn).anyMatch(asked -> holds(asked, mail));
        assertJudged(vendor, mock.asked());
        record(vendor, begin, "passed");
    }

    /** What a model says that does one thing after the other, whatever it has been asked before. */
    private static Answer answer(ModelInput asked, Path folder, String mail) {
        if (AutoMode.judges(asked)) {
            return Answer.text("allow");
        }
        if (!AutoMode.isOwn(asked)) {
            return Answer.text("Aside");
        }
        if (asked.result("Bash").isEmpty()) {
            return Answer.thought("First the page.").andText("I begin.").with(AutoMode.checked("FETCHED"));
        }
        if (asked.result("Write").isEmpty()) {
            String file = folder.resolve("WRITTEN").toString();
            return Answer.tools(Part.Call.with("Write", "file_path", file, "content", "by " + folder.getFileName()));
        }
        return Answer.text(holds(asked, mail) ? "The letter is here." : "Both are done.");
    }

    /** The vendor itself has judged, or the small model was asked; the client never checked by itself. */
    private static void assertJudged(ShippedVendor vendor, List<ModelInput> asked) {
        assertThat(asked).noneMatch(AutoMode::isOwnCheck);
        if (vendor.judges()) {
            assertThat(asked).filteredOn(AutoMode::isOwn).isNotEmpty().allMatch(each -> each.body()
                    .has("safeguards"));
            assertThat(asked).noneMatch(AutoMode::judges);
        } else {
            assertThat(asked).filteredOn(AutoMode::judges).isNotEmpty().allSatisfy(each -> vendor.judge()
                    .ifPresent(model -> assertThat(each.model()).isEqualTo(model)));
        }
    }

    private static boolean holds(ModelInput asked, String text) {
        return asked.body().toString().contains(text);
    }

    private static void awaitOnScreen(String persona, MockUpstream mock, String text) {
        await(text)
                .pollInterval(Duration.ofMillis(250))
                .atMost(KatraWorld.PATIENCE.multipliedBy(2))
                .failFast(mock::assertNothingRejected)
                .untilAsserted(() -> assertThat(world.screen(persona)).contains(text));
    }

    private static void record(ShippedVendor vendor, long begin, String result) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        table.put(
                vendor.toString(),
                "%-11s %-8s %-17s %-10s %-22s %-6s %4.1f s"
                        .formatted(
                                vendor,
                                vendor.route().externalName(),
                                vendor.protocol().externalName(),
                                vendor.provider().auth().externalName(),
                                vendor.judges()
                                        ? "the endpoint"
                                        : vendor.judge().orElse("the client's default"),
                                result,
                                took.toMillis() / 1000.0));
    }
}
