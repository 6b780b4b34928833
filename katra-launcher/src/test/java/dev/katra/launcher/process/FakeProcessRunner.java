package dev.katra.launcher.process;

import dev.katra.core.failure.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Records every command and answers from a script; without one, with success and no output. */
public final class FakeProcessRunner implements ProcessRunner {

    private final List<ProcessCommand> commands = new ArrayList<>();
    private final Deque<Supplier<ProcessResult>> answers = new ArrayDeque<>();

    /** The next command succeeds and writes this. */
    public FakeProcessRunner answer(String stdout) {
        return answer(new ProcessResult(0, stdout, ""));
    }

    /** The next command ends like this. */
    public FakeProcessRunner answer(ProcessResult result) {
        answers.add(() -> result);
        return this;
    }

    /** The next command cannot be run. */
    public FakeProcessRunner fail(Failure failure) {
        answers.add(() -> {
            throw failure;
        });
        return this;
    }

    @Override
    public ProcessResult run(ProcessCommand command) {
        commands.add(command);
        Supplier<ProcessResult> answer = answers.poll();
        return answer == null ? new ProcessResult(0, "", "") : answer.get();
    }

    /** Every command so far. */
    public List<ProcessCommand> commands() {
        return commands;
    }

    /** The argv of every command so far. */
    public List<List<String>> argvs() {
        return commands.stream().map(ProcessCommand::argv).toList();
    }
}
