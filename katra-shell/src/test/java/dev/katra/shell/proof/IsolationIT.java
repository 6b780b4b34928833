package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.tmux.Pane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Four background sessions of the real Claude Code in one folder, each on a provider of its own, in surroundings that
 * would lead all of them astray: nothing of one gets to another, and nothing of a stranger to any.
 */
@Timeout(120)
class IsolationIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final String ODD = "it's \"odd\"\n$(touch owned) `touch owned` #{pid} ;";

    /** A session, its provider, and how its provider is paid. */
    private record Member(String persona, String provider, String key, String header, String model, String path) {}

    private static final Member SAM =
            new Member("Sam", "alpha", "sk-alpha-0123456789-of-the-first", "x-api-key", "alpha/one", "/v1/messages");
    private static final Member SAMANTHA = new Member(
            "Samantha", "beta", "sk-beta-0123456789-of-the-second", "authorization", ODD, "/deep/path/v1/messages");
    private static final Member SA =
            new Member("Sa", "gamma", "sk-gamma-0123456789-of-the-third", "authorization", "gamma-3", "/v1/messages");
    private static final Member SAM_2 = new Member(
            "Sam-2", "delta", "sk-delta-0123456789-of-the-fourth", "x-api-key", "delta four", "/v1/v1/messages");
    private static final List<Member> TEAM = List.of(SAM, SAMANTHA, SA, SAM_2);
    private static final List<String> KEYS = TEAM.stream().map(Member::key).toList();

    /** In every value by which a stranger tries to get in, and in every header. */
    private static final String STRANGER = "stranger";

    private static final Map<String, Recorder> recorders = new LinkedHashMap<>();
    private static final List<ProcessResult> starts = new ArrayList<>();
    private static final Map<String, JsonNode> rows = new HashMap<>();
    private static final Map<String, Map<String, String>> environments = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static CommandLineWatch watch;

    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void startTheTeamAmongStrangers() throws Exception {
        for (Member member : TEAM) {
            recorders.put(member.provider(), new Recorder());
        }
        recorders.put(STRANGER, new Recorder());
        folder = Files.createDirectory(world.folder().resolve(ODD)).toRealPath();
        startTheUsersTmux();
        configureProviders();
        configureTheUsersClaude();
        configure(folder.resolve(".claude/settings.json"), true);
        poisonTheShell();
        watch = new CommandLineWatch();
        starts.addAll(KatraWorld.atTheSameMoment(TEAM.stream()
                .map(member -> (Callable<ProcessResult>) () -> start(member))
                .toList()));
        for (JsonNode row : world.list()) {
            rows.put(row.path("persona").asString(""), row);
            environments.put(
                    row.path("persona").asString(""),
                    ProcessTable.environment(row.path("pid").asLong()));
        }
        for (Member member : TEAM) {
            await(member.persona() + "'s turn")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() -> recorder(member).forTheModel().stream()
                            .anyMatch(request -> !request.toolResults().isEmpty()));
        }
    }

    @AfterAll
    static void nothingIsLeftWhenEverythingIsStopped() throws IOException {
        try {
            world.stop();
            assertThat(world.terminal().panes()).extracting(Pane::session).containsExactly("mine");
            assertThat(world.home().sessions()).isEmptyDirectory();
            assertThat(Traces.of(secrets(), world.root())).isEmpty();
        } finally {
            watch.close();
            recorders.values().forEach(Recorder::close);
        }
        assertThat(watch.holding(secrets())).isEmpty();
    }

    @Test
    void everySessionIsUp() {
        assertThat(starts)
                .allSatisfy(
                        start -> assertThat(start.exitCode()).as(start.stderr()).isZero());
        assertThat(rows).containsOnlyKeys(TEAM.stream().map(Member::persona).toList());
        assertThat(row(SAMANTHA).path("model").asString("")).isEqualTo(ODD);
        assertThat(row(SAMANTHA).path("folder").asString("")).isEqualTo(folder.toString());
    }

    @Test
    void everyProviderSawItsOwnKeyModelAndPathAlone() {
        for (Member member : TEAM) {
            List<Recorder.Request> requests = recorder(member).forTheModel();
            assertThat(requests).as(member.persona()).isNotEmpty().allSatisfy(request -> {
                assertThat(request.path()).isEqualTo(member.path());
                assertThat(request.json().path("model").asString("")).isEqualTo(member.model());
                String expected = member.header().equals("x-api-key") ? member.key() : "Bearer " + member.key();
                assertThat(request.headers()).containsEntry(member.header(), expected);
                String other = member.header().equals("x-api-key") ? "authorization" : "x-api-key";
                assertThat(request.headers()).doesNotContainKey(other);
            });
        }
    }

    @Test
    void noProviderSawAnythingOfAnyoneElse() {
        for (Member member : TEAM) {
            assertThat(recorder(member).requests()).allSatisfy(request -> {
                assertThat(request.headers().toString()).doesNotContain(STRANGER);
                for (String secret : secretsOfOthers(member)) {
                    assertThat(request.headers().toString()).doesNotContain(secret);
                    assertThat(request.body()).doesNotContain(secret);
                }
            });
        }
        assertThat(recorder(STRANGER).requests()).isEmpty();
    }

    @Test
    void noSessionCanReadAKeyWithItsTools() {
        for (Member member : TEAM) {
            assertThat(recorder(member).forTheModel())
                    .filteredOn(request -> !request.toolResults().isEmpty())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.toolResults().get(0))
                            .contains("KATRA_PERSONA=" + member.persona())
                            .doesNotContain(KEYS)
                            .doesNotContain(STRANGER + "-"));
        }
    }

    @Test
    void everySessionHoldsItsOwnKeyAlone() {
        for (Member member : TEAM) {
            Map<String, String> variables = environment(member);
            assertThat(variables).containsEntry("KATRA_PERSONA", member.persona());
            assertThat(variables.values().stream().filter(member.key()::equals)).hasSize(1);
            assertThat(variables.values()).noneMatch(value -> value.contains(STRANGER + "-"));
            assertThat(variables.values())
                    .doesNotContainAnyElementsOf(KEYS.stream()
                            .filter(key -> !key.equals(member.key()))
                            .toList());
            assertThat(variables).doesNotContainKeys("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX");
        }
    }

    @Test
    void theServerHoldsNoKey() {
        assertThat(ProcessTable.environment(world.serverPid()).values())
                .noneMatch(value -> KEYS.stream().anyMatch(value::contains) || value.contains(STRANGER));
    }

    @Test
    void aProjectCannotSwitchOurHooksOff() {
        recorder(SA).hold();
        try {
            world.type(SA.persona(), "Again.");
            awaitState(SA, "working"); // which only a hook can tell
        } finally {
            recorder(SA).release();
        }
        awaitState(SA, "idle");
    }

    @Test
    void noHelperOfAStrangerAndNothingInANameWasRun() throws IOException {
        try (Stream<Path> files = Files.walk(world.root())) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("owned", "helped");
        }
    }

    @Test
    void noCommandLineHeldASecret() {
        for (Member member : TEAM) {
            assertThat(watch.holding(List.of("You are " + member.persona() + ",")))
                    .isNotEmpty();
        }
        assertThat(watch.holding(secrets())).isEmpty();
        assertThat(watch.holding(List.of(STRANGER + "-key"))).isEmpty();
    }

    @Test
    void tmuxKnowsNoSecret() {
        String known = world.tmux("show-environment", "-g").stdout();
        for (Member member : TEAM) {
            ProcessResult ofSession = world.tmux("show-environment", "-t", "=katra-" + member.persona());
            assertThat(ofSession.ok()).as(ofSession.stderr()).isTrue();
            known += ofSession.stdout();
        }
        assertThat(known).contains(STRANGER).doesNotContain(secrets());
    }

    @Test
    void theUsersOwnTmuxSessionIsLeftAlone() {
        assertThat(world.terminal().panes())
                .filteredOn(pane -> !pane.dead())
                .extracting(Pane::session)
                .contains("mine", "katra-Sam", "katra-Samantha", "katra-Sa", "katra-Sam-2");
    }

    @Test
    void noFileHoldsASecret() throws IOException {
        assertThat(world.home().database()).exists();
        assertThat(Traces.of(secrets(), world.root())).isEmpty();
        assertThat(Traces.of(List.of("PATH="), world.home().sessions())).isEmpty();
    }

    private static void awaitState(Member member, String state) {
        await(member.persona() + " to be " + state).atMost(KatraWorld.PATIENCE).until(() -> world.session(
                        member.persona())
                .path("state")
                .asString("")
                .equals(state));
    }

    private static List<String> secrets() {
        return Stream.concat(KEYS.stream(), TEAM.stream().map(member -> environment(member)
                        .getOrDefault("KATRA_SESSION_TOKEN", "")))
                .toList();
    }

    private static List<String> secretsOfOthers(Member member) {
        return secrets().stream().filter(secret -> !secret.equals(member.key())).toList();
    }

    private static ProcessResult start(Member member) {
        List<String> words = new ArrayList<>(List.of("start", "--persona", member.persona(), "-b"));
        words.addAll(List.of("--provider", member.provider(), "--prompt", "Begin."));
        if (member.equals(SAMANTHA)) {
            words.addAll(List.of("--model", member.model(), "--role", ODD));
        }
        if (member.equals(SAM_2)) {
            words.addAll(List.of("--isolated", "--route", "verbatim"));
        }
        words.addAll(List.of("--", "--settings"));
        words.add("{\"permissions\":{\"allow\":[\"Bash(" + Recorder.LOOK + ")\"]}}");
        return world.katra(folder, world.environment(), words.toArray(String[]::new));
    }

    private static void configureProviders() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "ALPHA_ANTHROPIC_ENDPOINT=" + recorder(SAM).uri(),
                "ALPHA_AUTH=x-api-key",
                "ALPHA_MODEL=" + SAM.model(),
                "BETA_ANTHROPIC_ENDPOINT=" + recorder(SAMANTHA).uri() + "/deep/path/",
                "BETA_AUTH=bearer",
                "BETA_MODEL=never-asked-for",
                "GAMMA_ANTHROPIC_ENDPOINT=" + recorder(SA).uri(),
                "GAMMA_AUTH=bearer",
                "GAMMA_API_KEY_VAR=THE_THIRD",
                "GAMMA_MODEL=" + SA.model(),
                "DELTA_ENDPOINT=" + recorder(SAM_2).uri() + "/v1",
                "DELTA_MODEL=\"" + SAM_2.model() + "\""));
        KatraHome.privateFolder(world.home().root());
        Files.write(world.home().providers(), lines);
        world.export("ALPHA_API_KEY", SAM.key());
        world.export("BETA_API_KEY", SAMANTHA.key());
        world.export("THE_THIRD", SA.key());
        world.export("DELTA_API_KEY", SAM_2.key());
    }

    /** A user who has answered the questions of the first run, and whose settings lead to a stranger. */
    private static void configureTheUsersClaude() throws IOException {
        ObjectNode answers = JsonMapper.shared().createObjectNode();
        answers.put("hasCompletedOnboarding", true);
        answers.putObject("projects").putObject(folder.toString()).put("hasTrustDialogAccepted", true);
        answers.putObject("customApiKeyResponses")
                .putArray("approved")
                .add(SAM.key().substring(SAM.key().length() - 20));
        Files.writeString(world.userFolder().resolve(".claude.json"), answers.toString());
        configure(world.userFolder().resolve(".claude/settings.json"), false);
    }

    private static void configure(Path settings, boolean disableAllHooks) throws IOException {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ObjectNode variables = json.putObject("env");
        strangersVariables().forEach(variables::put);
        json.put("apiKeyHelper", "touch '" + world.root().resolve("helped") + "'; echo stranger-key-of-a-helper");
        if (disableAllHooks) {
            json.put("disableAllHooks", true);
        }
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, json.toString());
    }

    private static void startTheUsersTmux() {
        Map<String, String> environment = world.environment();
        environment.put("ALPHA_API_KEY", "stranger-key-in-tmux");
        environment.putAll(strangersVariables());
        ProcessResult result = world.tmux(environment, "new-session", "-d", "-s", "mine", "cat");
        assertThat(result.ok()).as(result.stderr()).isTrue();
    }

    private static void poisonTheShell() {
        strangersVariables().forEach(world::export);
        world.export("OTHER_API_KEY", "stranger-key-of-another");
        world.export("OPENAI_API_KEY", "stranger-key-of-openai");
        world.export("CLAUDE_CODE_USE_BEDROCK", "1");
        world.export("CLAUDE_CODE_USE_VERTEX", "1");
    }

    private static Map<String, String> strangersVariables() {
        return Map.of(
                "ANTHROPIC_BASE_URL", recorder(STRANGER).uri() + "/" + STRANGER + "-path",
                "ANTHROPIC_AUTH_TOKEN", "stranger-key-token",
                "ANTHROPIC_API_KEY", "stranger-key-api",
                "ANTHROPIC_MODEL", "stranger-model",
                "ANTHROPIC_CUSTOM_HEADERS", "X-Stranger: stranger-header");
    }

    private static JsonNode row(Member member) {
        return Objects.requireNonNull(rows.get(member.persona()), "no session of " + member.persona());
    }

    private static Map<String, String> environment(Member member) {
        return Objects.requireNonNull(environments.get(member.persona()), "no session of " + member.persona());
    }

    private static Recorder recorder(Member member) {
        return recorder(member.provider());
    }

    private static Recorder recorder(String provider) {
        return Objects.requireNonNull(recorders.get(provider), "no recorder for " + provider);
    }
}
