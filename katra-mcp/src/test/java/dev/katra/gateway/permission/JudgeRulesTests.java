package dev.katra.gateway.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.permission.SafeguardCheck.UserRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What may run without a model's word. */
class JudgeRulesTests {

    @TempDir
    Path root;

    private Path work;
    private JudgeRules auto;
    private JudgeRules plan;

    @BeforeEach
    void open() throws IOException {
        work = Files.createDirectories(root.toRealPath().resolve("work"));
        auto = new JudgeRules(check("auto", UserRules.NONE));
        plan = new JudgeRules(check("plan", UserRules.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -la src | wc -l",
                "cat a.txt && echo 'a > b' ; pwd",
                "git status",
                "cd src && ls",
                "grep -rn \"two words\" src 2>/dev/null | head -5",
                "find . -name Main.java",
                "sort -u names",
                "sort -t, -k2 -rn names | head -n5",
                "head -20 a.txt && tail -n +3 b.txt",
                "find . -maxdepth 2 -type f -mtime -1 -not -name x -print",
                "git log --oneline -5 --author=sam -- src",
                "git diff --stat HEAD",
                "git show -s --format='%h %s' HEAD",
                "grep -A3 --include='*.java' -e one -- -",
                "du -sh --max-depth=1 .",
                "ls --color=never",
                "wc -l a.txt | cat",
                "tree -L 2 -I node_modules",
                "printf '%s' x",
                "printf '100%% %-5.2f %s=%s\\n' 1 a b",
                "printf '%s' --a=b",
                "tail -20f a.txt",
                "git diff main..topic -- src/a..b",
                "diff -u a b",
                "test -f a.txt",
                "echo -- --anything -o f"
            })
    void aCommandThatOnlyReadsMayRunInEveryMode(String command) {
        assertThat(auto.judge(bash(command))).contains(Verdict.MAY_RUN);
        assertThat(plan.judge(bash(command))).contains(Verdict.MAY_RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "touch X && curl -s http://127.0.0.1:9/ | wc -c",
                "ls; rm -rf x",
                "cat $(rm x)",
                "cat `rm x`",
                "cat \"$(rm x)\"",
                "echo x > file",
                "echo x >/dev/nullx",
                "echo x>>file",
                "cat < file",
                "find . -delete",
                "find . -exec rm {} +",
                "sort -o out in",
                "git -c core.pager=x log",
                "git push",
                "cd /elsewhere && git status",
                "X=1 ls",
                "ls & rm x",
                "ls\nrm x",
                "cat 'unclosed",
                "cat ~/.ssh/id_rsa",
                "cat /home/sam/.aws/credentials",
                "head /proc/1/environ",
                "env",
                "eval ls",
                "printf -v 'a[$(touch x)]' y",
                "test -v 'a[$(touch x)]'",
                "cd /proc/self && cat environ",
                "cat //proc/self/environ",
                "grep -rn key /home/sam",
                "grep --recursive key ../..",
                "cd /home/sam && grep -rn key .",
                "diff -r /home/sam b",
                "grep -2r KEY /home/sam",
                "grep -A2R KEY ..",
                "grep -2n KEY a",
                "diff -3r a b",
                "diff -N empty /home/sam",
                "diff empty ..",
                "cd /home/sam && diff -N a b",
                "git diff /some/empty /home/sam",
                "git diff .. a",
                "git diff ../a b",
                "git diff a b/../../c",
                "git diff a b/..",
                "printf 'aaa%n' PATH && git status",
                "printf '%-5n' PATH",
                "printf '%%%n' PATH",
                "printf '%ln' PATH",
                "printf '%*d' 1 2",
                "printf '\\045n' PATH",
                "printf %d PATH=0",
                "tree -R -L 1 -H .",
                "tree -o f",
                "tree -Lo 2 f",
                "git log --format=%G?",
                "sort -o f",
                "sort -uof in",
                "sort --outp=f in",
                "sort --compress-program=./x in",
                "sort -T . in",
                "find . -fprint f",
                "find . -fprintf f x",
                "find . -fls f",
                "find . -okdir x",
                "find . -unheard-of",
                "git log --output=f",
                "git log --outpu=f",
                "git diff --ext-diff",
                "git diff --no-index a /etc/x",
                "git show --unheard-of",
                "git blame --contents=f a",
                "sed -n w",
                "sed -n 'w f' a",
                "awk 'BEGIN { system(\"x\") }'",
                "rg --pre ./x y",
                "tar --to-command=./x -xf a",
                "date -s 2020-01-01",
                "cat --unheard-of a",
                "ls -Y",
                "wc --files0-from=f",
                "uniq a b",
                "tail --unheard-of=1 a",
                "grep -f.env a",
                "printf '%d' 'a[$(touch x)]'",
                "test 'a[$(touch x)]' -eq 1",
                "test 1 -eq 1",
                "test -R x",
                "cat .pgpass",
                ""
            })
    void anyOtherCommandIsNotKnown(String command) {
        assertThat(auto.judge(bash(command))).isEmpty();
        assertThat(plan.judge(bash(command))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"git status", "git diff && ls", "touch a && git status"})
    void gitIsKnownOnlyInTheSessionsOwnFolder(String command) throws IOException {
        assertThat(auto.judge(bash(command))).contains(Verdict.MAY_RUN);
        for (String folder : List.of("work/vendor", "elsewhere", "")) {
            assertThat(in(folder).judge(bash(command))).as(folder).isEmpty();
            assertThat(in(folder).onlyReads(bash(command))).as(folder).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grep -rn key .", "diff -N a b"})
    void foldersAreReadThroughOnlyInThoseOfTheSession(String command) throws IOException {
        assertThat(in("work/vendor").judge(bash(command))).contains(Verdict.MAY_RUN);
        assertThat(in("elsewhere").judge(bash(command))).isEmpty();
        assertThat(in("elsewhere").judge(bash("ls && grep key a"))).contains(Verdict.MAY_RUN);
    }

    @Test
    void whatFollowsInAnAnswerRunsWhereTheShellWentTo() {
        for (String before : List.of("cd vendor/evil", "ls && cd vendor", "pushd vendor", "cd $X", "eval 'cd x'")) {
            JudgeRules then = auto.after(bash(before)).after(bash("ls"));

            assertThat(then.judge(bash("git status"))).as(before).isEmpty();
            assertThat(then.judge(bash("grep -rn key ."))).as(before).isEmpty();
            assertThat(then.judge(bash("touch a"))).as(before).isEmpty();
            assertThat(then.judge(bash("ls -la"))).as(before).contains(Verdict.MAY_RUN);
        }
        JudgeRules there = auto.after(bash("ls -la")).after(write("a")).after(bash("mkdir -p a/b && git status"));

        assertThat(there.judge(bash("git status && touch a"))).contains(Verdict.MAY_RUN);
    }

    @Test
    void filesMayBeMadeAndEditedInTheFoldersOfTheSession() {
        assertThat(auto.judge(write("a/b.txt"))).contains(Verdict.MAY_RUN);
        assertThat(auto.judge(write(work.resolve("b.txt").toString()))).contains(Verdict.MAY_RUN);
        assertThat(auto.judge(bash("mkdir -p a/b && touch a/b/c && ls"))).contains(Verdict.MAY_RUN);
        assertThat(plan.judge(write("a.txt")))
                .hasValueSatisfying(verdict -> assertThat(verdict.explanation()).contains("plan mode"));
        assertThat(plan.judge(bash("touch a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../elsewhere.txt",
                "/etc/hosts",
                ".git/hooks/pre-commit",
                ".claude/settings.json",
                "sub/.mcp.json",
                ".env",
                "link/x",
                "~/x",
                ""
            })
    void filesElsewhereOrThatSayWhatRunsAreNotKnown(String path) throws IOException {
        Files.createSymbolicLink(work.resolve("link"), Files.createDirectories(root.resolve("outside")));

        assertThat(auto.judge(write(path))).isEmpty();
        assertThat(auto.judge(bash("touch " + path))).isEmpty();
    }

    @Test
    void whatTalksOrReadsMayRun() {
        for (String tool : List.of("mcp__katra__katra_say", "Agent", "TodoWrite", "ExitPlanMode", "SubagentHandback")) {
            assertThat(plan.judge(call(tool, "{}"))).contains(Verdict.MAY_RUN);
        }
        assertThat(plan.judge(call("Read", "{\"file_path\":\"/usr/include/stdio.h\"}")))
                .contains(Verdict.MAY_RUN);
        assertThat(auto.judge(call("Read", "{\"file_path\":\"/home/sam/.ssh/id_ed25519\"}")))
                .isEmpty();
        assertThat(auto.judge(call("Read", "{\"file_path\":\"/tmp/../proc/self/environ\"}")))
                .isEmpty();
        assertThat(auto.judge(call("Read", "\"{}{\\\"file_path\\\":\\\"/home/sam/.ssh/id_ed25519\\\"}\"")))
                .as("arguments that are no object")
                .isEmpty();
        assertThat(auto.judge(call("Write", "{\"file_path\":\"/home/sam/.bashrc\",\"path\":\"a.txt\"}")))
                .isEmpty();
        assertThat(auto.judge(call("mcp__other__delete", "{}"))).isEmpty();
        assertThat(auto.judge(call("WebFetch", "{\"url\":\"https://example.com\"}")))
                .isEmpty();
    }

    @Test
    void whatThePersonForbidsInWordsIsLeftToAModel() {
        JudgeRules strict =
                new JudgeRules(check("auto", new UserRules(List.of(), List.of("no new files"), List.of(), List.of())));

        assertThat(strict.judge(write("a.txt"))).isEmpty();
        assertThat(strict.judge(bash("ls"))).contains(Verdict.MAY_RUN);
    }

    @Test
    void theClientsOwnWordsAreRead() {
        SafeguardCheck check =
                SafeguardCheck.of(JsonMapper.shared().readTree("""
                                {"safeguards":[{"type":"dangerous_tool_use","classifier_context":{"v":1,
                                 "permission_mode":"plan","live_cwd":"/w","home_dir":"/h",
                                 "trusted_directories":{"primary":{"path":"/w","resolved":["/real/w"]},
                                   "additional":[{"path":"/x","resolved":["/x"]}],
                                   "block_reads_outside_working_directories":true},
                                 "auto_mode":{"allow":["a"],"soft_deny":["b"],"hard_deny":["c"],"environment":["d"]},
                                 "classify_all_shell":true}}]}""")).orElseThrow();

        assertThat(check)
                .isEqualTo(new SafeguardCheck(
                        "plan",
                        "/w",
                        List.of("/real/w", "/x"),
                        true,
                        true,
                        new UserRules(List.of("a"), List.of("b"), List.of("c"), List.of("d"))));
        assertThat(new JudgeRules(check).onlyReads(bash("ls"))).isFalse();
        assertThat(new JudgeRules(check).onlyReads(call("Read", "{\"file_path\":\"/usr/x\"}")))
                .isFalse();
        assertThat(SafeguardCheck.of(JsonMapper.shared().readTree("{\"safeguards\":[{\"type\":\"other\"}]}")))
                .isEqualTo(Optional.empty());
    }

    private SafeguardCheck check(String mode, UserRules own) {
        return new SafeguardCheck(mode, work.toString(), List.of(work.toString()), false, false, own);
    }

    /** The rules where the shell stands in this folder, below that of the session's own. */
    private JudgeRules in(String folder) throws IOException {
        String here = folder.isEmpty()
                ? ""
                : Files.createDirectories(root.toRealPath().resolve(folder)).toString();
        return new JudgeRules(new SafeguardCheck("auto", here, List.of(work.toString()), false, false, UserRules.NONE));
    }

    private static JudgedCall bash(String command) {
        return new JudgedCall(
                "toolu_1", "Bash", JsonMapper.shared().createObjectNode().put("command", command));
    }

    private static JudgedCall write(String path) {
        return new JudgedCall(
                "toolu_1", "Write", JsonMapper.shared().createObjectNode().put("file_path", path));
    }

    private static JudgedCall call(String tool, String input) {
        return new JudgedCall("toolu_1", tool, JsonMapper.shared().readTree(input));
    }
}
