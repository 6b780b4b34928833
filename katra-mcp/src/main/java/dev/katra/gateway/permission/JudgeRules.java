package dev.katra.gateway.permission;

import dev.katra.core.contract.SessionContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Judges tool calls by fixed rules, without a model. A call that is not known to be harmless gets no verdict. */
public final class JudgeRules {

    /**
     * The tools that look at files, at the web through the provider's own search, or at what the session itself has
     * running.
     */
    private static final Set<String> READ = Set.of(
            "Read",
            "Grep",
            "Glob",
            "LS",
            "NotebookRead",
            "LSP",
            "WebSearch",
            "ToolSearch",
            "BashOutput",
            "TaskOutput",
            "ListAgents",
            "ListMcpResourcesTool",
            "ReadMcpResourceTool");

    /**
     * The tools that talk with the person or with other parts of the session, or plan; each call that follows is judged
     * itself.
     */
    private static final Set<String> TALK = Set.of(
            "Agent",
            "Task",
            "AskUserQuestion",
            "EnterPlanMode",
            "ExitPlanMode",
            "ReportFindings",
            "SendMessage",
            "Skill",
            "StructuredOutput",
            "SubagentHandback",
            "TaskCreate",
            "TaskGet",
            "TaskList",
            "TaskUpdate",
            "TodoWrite");

    private static final String KATRA = SessionContract.TOOL_PREFIX;
    private static final Set<String> EDIT = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");
    private static final String SHELL = "Bash";
    private static final String PLANS =
            "The session is in plan mode, in which nothing may be changed. Finish the plan first.";

    private final SafeguardCheck check;
    private final PathRules paths;

    /** Creates the rules for this check. */
    public JudgeRules(SafeguardCheck check) {
        this.check = check;
        this.paths = new PathRules(check);
    }

    /** Returns whether a call changes nothing and shows no secret, whoever may have asked for it. */
    public boolean onlyReads(JudgedCall call) {
        if (call.tool().startsWith(KATRA) || TALK.contains(call.tool())) {
            return true;
        }
        if (READ.contains(call.tool())) {
            return call.input().isObject()
                    && !PathRules.isSecret(call.text("glob"))
                    && pathArguments(call).allMatch(this::mayBeRead);
        }
        return call.tool().equals(SHELL)
                && !check.judgesAllCommands()
                && !check.judgesOutsideReads()
                && commands(call)
                        .filter(all -> all.stream().allMatch(this::isReadOnly) && !worksElsewhere(all))
                        .isPresent();
    }

    /** Returns the verdict on a call, if the rules have one. */
    public Optional<Verdict> judge(JudgedCall call) {
        if (onlyReads(call)) {
            return Optional.of(Verdict.MAY_RUN);
        }
        if (check.isPlanMode()) {
            return EDIT.contains(call.tool()) ? Optional.of(Verdict.flagged(PLANS)) : Optional.empty();
        }
        if (check.userRules().hasDenials()) {
            return Optional.empty(); // they are in words, which rules cannot read
        }
        boolean harmless = EDIT.contains(call.tool())
                ? pathArguments(call).findAny().isPresent()
                        && pathArguments(call).allMatch(paths::mayBeWritten)
                : call.tool().equals(SHELL) && !check.judgesAllCommands() && onlyCreates(call);
        return harmless ? Optional.of(Verdict.MAY_RUN) : Optional.empty();
    }

    /**
     * Returns the rules for the following calls of the same answer, which run in the folder in which this call leaves
     * the shell.
     */
    public JudgeRules after(JudgedCall call) {
        boolean stays = !call.tool().equals(SHELL)
                || commands(call)
                        .filter(all -> all.stream()
                                .allMatch(each -> (ShellCommands.isReadOnly(each) && !ShellCommands.changesFolder(each))
                                        || ShellCommands.onlyCreates(each, paths)))
                        .isPresent();
        return stays ? this : new JudgeRules(check.inUnknownFolder());
    }

    /**
     * Returns the verdict that flags a call which the rules do not know, with the reason and what the person can do.
     */
    public Verdict flagUnknown(String because) {
        String asks = check.isPlanMode()
                ? "The session is in plan mode, and it is not known that this call only reads. Finish the plan first."
                : "Ask the person to allow it: they can run it themselves with \"!\" before the command, add a rule in"
                        + " /permissions, or leave auto mode with shift+tab.";
        return Verdict.flagged(because + " " + asks);
    }

    private static Stream<String> pathArguments(JudgedCall call) {
        return PathRules.PATH_ARGUMENTS.stream().map(call::text).filter(path -> !path.isEmpty());
    }

    private boolean mayBeRead(String path) {
        return !PathRules.isSecret(path) && (!check.judgesOutsideReads() || paths.isInside(path));
    }

    /**
     * Returns whether a command only reads in the current folder of the shell, which keeps the folder that an earlier
     * call went to.
     */
    private boolean isReadOnly(List<String> command) {
        return ShellCommands.isReadOnly(command)
                && (!runsGit(command) || paths.runsInSessionFolder())
                && (!ShellCommands.readsFolders(command) || paths.runsInside());
    }

    private boolean onlyCreates(JudgedCall call) {
        return commands(call)
                .filter(all -> all.stream()
                        .allMatch(each -> ShellCommands.onlyCreates(each, paths)
                                || (isReadOnly(each)
                                        && !check.judgesOutsideReads()
                                        && !ShellCommands.changesFolder(each))))
                .isPresent();
    }

    /**
     * Returns whether the commands change the folder and also run git or read whole folders: git's settings there may
     * name programs to run, and the folders may hold secrets.
     */
    private static boolean worksElsewhere(List<List<String>> commands) {
        return commands.stream().anyMatch(ShellCommands::changesFolder)
                && commands.stream().anyMatch(each -> runsGit(each) || ShellCommands.readsFolders(each));
    }

    private static boolean runsGit(List<String> command) {
        return command.get(0).equals("git");
    }

    private static Optional<List<List<String>>> commands(JudgedCall call) {
        return ShellCommands.parse(call.text("command"));
    }
}
