package dev.katra.shell.channel;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

/** Commands that show what the channel carries. */
class ChannelCommands {

    /** What a careless relay changes. */
    static final String HARD = "zero \0 escape \033 \r\n\n%" + 'b' + " \\0101 'quoted' \"twice\" Grüße 🦊\n\n";

    final CountDownLatch mayGoOn = new CountDownLatch(1);
    final AtomicInteger lingering = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    final CountDownLatch noticed = new CountDownLatch(1);

    @Command(name = "talk", description = "Write to both outputs in turn")
    Outcome talk(Caller caller) {
        for (int i = 0; i < 50; i++) {
            caller.print("out " + i);
            caller.note("err " + i);
        }
        return new Outcome.Exit(42);
    }

    @Command(name = "pause", description = "Write, and then wait for the test")
    void pause(Caller caller) throws InterruptedException {
        caller.print("first");
        if (mayGoOn.await(20, TimeUnit.SECONDS)) {
            caller.print("second");
        }
    }

    @Command(name = "linger", description = "Wait until the caller is gone")
    void linger(Caller caller) {
        caller.print("here");
        lingering.incrementAndGet();
        while (!caller.isDisconnected()) {
            LockSupport.parkNanos(10_000_000);
        }
        noticed.countDown();
    }

    @Command(name = "become", description = "Become another program")
    Outcome become() {
        return new Outcome.Exec(List.of("tmux", "", "a  b", "it's", "ü🦊"));
    }

    @Command(name = "words", description = "Print the words, one a line")
    void words(Caller caller, @Arguments List<String> words) {
        words.forEach(word -> caller.print("[" + word + "]"));
    }

    @Command(name = "facts", description = "Print what is known of the caller")
    void facts(Caller caller) throws IOException {
        caller.print("environment " + new TreeMap<>(caller.environment()));
        caller.print("folder " + caller.folder());
        caller.print("terminal " + caller.terminal().encoded());
        caller.print("input " + caller.input().readAll());
    }

    @Command(name = "all-facts", description = "The same for a command that needs everything")
    @Runs(wholeEnvironment = true, readsInput = true)
    void allFacts(Caller caller) throws IOException {
        facts(caller);
    }

    @Command(name = "much", description = "Print much")
    void much(Caller caller) {
        caller.print("ü🦊".repeat(200_000));
    }

    @Command(name = "bytes", description = "Print what is hard to print")
    Outcome bytes(Caller caller) {
        caller.out().print(HARD);
        caller.err().print(HARD);
        return new Outcome.Exit(7);
    }

    @Command(name = "once", description = "Count, and then wait for the test")
    void once(Caller caller) throws InterruptedException {
        runs.incrementAndGet();
        pause(caller);
    }

    @Command(name = "complain", description = "Write much to standard error")
    void complain(Caller caller) {
        caller.note("ü🦊".repeat(5_000));
    }

    @Command(name = "at-home", description = "Run only in the caller's process")
    @Runs(at = Runs.Where.CALLER)
    void atHome(Caller caller) {
        caller.print("not at home");
    }

    @Command(name = "launch", description = "Need Claude Code")
    @Runs(startsAgent = true)
    void launch(Caller caller) {
        caller.print("launched");
    }

    @Command(name = "print-program", description = "Become a program that prints its words and its input")
    Outcome printProgram(@Arguments List<String> words) {
        List<String> program =
                new java.util.ArrayList<>(List.of("sh", "-c", "printf '[%s]' \"$@\"; cat; exit 9", "sh"));
        program.addAll(words);
        return new Outcome.Exec(program);
    }

    @Command(name = "drone", description = "Print until nobody reads")
    void drone(Caller caller) {
        while (!caller.isDisconnected()) {
            caller.print("drone");
        }
        noticed.countDown();
    }
}
