package dev.katra.launcher.process;

import dev.katra.core.failure.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Records every command and answers from a script; without one, with success and no output. */
public final class FakeProcesses implements Processes {

    private final List<Command> commands = new ArrayList<>();
    private final Deque<Supplier<Result>> answers = new ArrayDeque<>();

    /** The next command succeeds and writes this. */
    public FakeProcesses answer(String stdout) {
        return answer(new Result(0, stdout, ""));
    }

    /** The next command ends like this. */
    public FakeProcesses answer(Result result) {
        answers.add(() -> result);
        return this;
    }

    /** The next command cannot be run. */
    public FakeProcesses fail(Failure failure) {
        answers.add(() -> {
            throw failure;
        });
        return this;
    }

    @Override
    public Result run(Command command) {
        commands.add(command);
        Supplier<Result> answer = answers.poll();
        return answer == null ? new Result(0, "", "") : answer.get();
    }

    /** Every command so far. */
    public List<Command> commands() {
        return commands;
    }

    /** The argv of every command so far. */
    public List<List<String>> argvs() {
        return commands.stream().map(Command::argv).toList();
    }
}
