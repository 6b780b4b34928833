package dev.katra.gateway.mock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which answer is next. */
final class Script {

    private static final Answer NOTHING_SCRIPTED = Answer.text("(nothing scripted)");

    private final List<Lines> lines = new ArrayList<>();
    private Function<ModelInput, Answer> rest = asked -> NOTHING_SCRIPTED;

    /** Answers for some requests, one after the other. */
    private record Lines(Predicate<ModelInput> whose, Deque<Answer> answers) {}

    synchronized void add(Predicate<ModelInput> whose, List<Answer> answers) {
        lines.add(new Lines(whose, new ArrayDeque<>(answers)));
    }

    synchronized void rest(Function<ModelInput, Answer> function) {
        rest = function;
    }

    Answer next(ModelInput asked) {
        Function<ModelInput, Answer> function;
        synchronized (this) {
            for (Lines some : lines) {
                if (!some.answers().isEmpty() && some.whose().test(asked)) {
                    return some.answers().remove();
                }
            }
            function = rest;
        }
        return function.apply(asked);
    }

    /** How many answers nobody has asked for. */
    synchronized int left() {
        return lines.stream().mapToInt(some -> some.answers().size()).sum();
    }
}
