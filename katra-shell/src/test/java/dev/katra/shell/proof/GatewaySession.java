package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.Api;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Vendor;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * A persona on the provider openai, in one of OpenAI's formats: with a vendor, a key and a folder of its own. At its
 * end the vendor must have had nothing to refuse, and nothing left to say.
 */
final class GatewaySession implements AutoCloseable {

    /** Every key that a session of this JVM was given. */
    static final List<String> KEYS = Collections.synchronizedList(new ArrayList<>());

    /** The model that the provider is shipped with. */
    static final String MODEL = "gpt-6.1-sol";

    private final KatraWorld world;
    private final Map<String, String> variables;
    private final String persona;
    private final Path folder;
    private final String key;
    private final Vendor vendor;
    private final MockUpstream mock;
    private List<String> refused = List.of();

    GatewaySession(KatraWorld world, String persona, Api api) throws IOException {
        this.world = world;
        this.persona = persona + "-" + api.name().toLowerCase(Locale.ROOT);
        this.folder = Files.createDirectories(world.folder().resolve(this.persona));
        key = "sk-test-" + UUID.randomUUID();
        KEYS.add(key);
        this.vendor = Vendor.ANY.withKey(key);
        this.mock = MockUpstream.start(vendor).answering(asked -> Answer.text("Nothing is scripted for this."));
        this.variables = world.environment();
        set("OPENAI_API_KEY", key);
        set("KATRA_OPENAI_ENDPOINT", mock.url());
        set("KATRA_OPENAI_PROTOCOL", "openai-" + api.name().toLowerCase(Locale.ROOT));
    }

    /** Sets a variable of the shell that starts it. */
    GatewaySession set(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** The vendor will have refused this much, in this order, by these codes. */
    GatewaySession refused(String... codes) {
        refused = List.of(codes);
        return this;
    }

    /** What its own model says, one answer a request. */
    GatewaySession scripted(Answer... answers) {
        mock.replyTo(GatewaySession::isItsOwn, answers);
        return this;
    }

    String persona() {
        return persona;
    }

    Path folder() {
        return folder;
    }

    String key() {
        return key;
    }

    /** A vendor with its key. */
    Vendor vendor() {
        return vendor;
    }

    MockUpstream mock() {
        return mock;
    }

    /** What its own model was asked, in order. */
    List<ModelInput> asked() {
        return askedOf(MODEL);
    }

    /** What this model was asked. */
    List<ModelInput> askedOf(String model) {
        return mock.asked().stream()
                .filter(asked -> asked.model().equals(model))
                .toList();
    }

    /** What was sent to its own model, in order. */
    List<RecordedRequest> sent() {
        return mock.requests().stream()
                .filter(seen -> seen.asked().filter(GatewaySession::isItsOwn).isPresent())
                .toList();
    }

    private static boolean isItsOwn(ModelInput asked) {
        return asked.model().equals(MODEL);
    }

    /** Runs a prompt to its end, without a terminal; what the client gives as the result. */
    String print(String prompt) {
        String json = start("--", "-p", prompt, "--output-format", "json", "--permission-mode", "acceptEdits");
        return JsonMapper.shared().readTree(json).path("result").asString("");
    }

    /** Begins with a prompt, in the background. */
    void begin(String prompt) {
        start("-b", "--prompt", prompt, "--", "--permission-mode", "acceptEdits");
    }

    private String start(String... options) {
        List<String> words = new ArrayList<>(List.of("start", "--persona", persona, "--provider", "openai"));
        words.add("--isolated");
        words.addAll(List.of(options));
        ProcessResult result = world.katra(folder, variables, words.toArray(String[]::new));
        assertThat(result.exitCode())
                .as(() -> persona + ": " + result.stdout() + result.stderr())
                .isZero();
        return result.stdout();
    }

    @Override
    public void close() {
        try {
            if (refused.isEmpty()) {
                mock.assertNothingRejected();
            }
            assertThat(mock.rejections())
                    .extracting(rejected -> rejected.error().code())
                    .isEqualTo(refused);
            assertThat(mock.unasked()).as("answers that nobody asked for").isZero();
        } finally {
            mock.close();
        }
    }
}
