package dev.katra.shell.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.console.Input;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.testing.TestCaller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person is asked of each memory, and which commands the answers run. */
class MemoryReviewCommandTests {

    private static final String ITEMS =
            "[{\"memory\":{\"number\":12},\"reasons\":[\"contradicted\",\"stale\"],\"other\":{\"number\":34},\"found\":0},"
                    + "{\"memory\":{\"number\":13},\"reasons\":[\"never-found\"],\"other\":null,\"found\":2}]";

    private final List<String> run = new ArrayList<>();

    @Test
    void withoutATerminalItLists() {
        TestCaller caller = TestCaller.of("memory", "review");
        assertThat(review(caller, "Ada", false)).isEqualTo(Outcome.OK);
        assertThat(run).containsExactly("memory reviewable --limit 20 --stale --as Ada");
    }

    @Test
    void withJsonItListsOnATerminalToo() {
        review(TestCaller.of("memory", "review").terminal(), null, true);
        assertThat(run).containsExactly("memory reviewable --limit 20 --stale --json");
    }

    @Test
    void eachKeyDoesOneThing() {
        assertThat(after("k", "k")).containsExactly("memory keep 12", "memory keep 13");
        assertThat(after("n", "f", "no", "f", "y")).containsExactly("forget 13");
        assertThat(after("e", "", "e", "--is 6655 now", "q")).containsExactly("memory edit 12 -- --is 6655 now");
        assertThat(after("s", "s", "", "s", "40")).containsExactly("memory supersede 12 34", "memory supersede 13 40");
        assertThat(after("x", "q")).isEmpty();
        assertThat(after()).as("the input has ended").isEmpty();
    }

    @Test
    void itSaysWhyAndWhatIsNoKey() {
        TestCaller caller = asked("x", "n", "q");
        review(caller, null, false);
        assertThat(caller.err())
                .contains(
                        "1 of 2: contradicted, stale\n",
                        "beside it:\n",
                        "\"x\" is none of the keys k, e, s, f, n and q\n",
                        "2 of 2: never-found; found on 2 days\n");
    }

    private List<String> after(String... answers) {
        run.clear();
        assertThat(review(asked(answers), null, false)).isEqualTo(Outcome.OK);
        return run.stream()
                .filter(line -> !line.startsWith("memory show") && !line.startsWith("memory reviewable"))
                .toList();
    }

    private static TestCaller asked(String... answers) {
        Deque<String> left = new ArrayDeque<>(List.of(answers));
        return TestCaller.of("memory", "review").terminal().input(new Input() {
            @Override
            public String readAll() {
                return "";
            }

            @Override
            public Optional<String> nextLine() {
                return Optional.ofNullable(left.poll());
            }
        });
    }

    private Outcome review(TestCaller caller, @Nullable String as, boolean json) {
        ReviewOptions options = new ReviewOptions(new ResultLimit(20), true, false, false, false);
        return MemoryReviewCommand.review(caller.caller(), options, as, json, sent -> {
            run.add(String.join(" ", sent.arguments()));
            if (sent.arguments().get(1).equals("reviewable")) {
                sent.print(ITEMS);
            }
            return Outcome.OK;
        });
    }
}
