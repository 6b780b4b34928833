package dev.katra.shell.demo;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentInstallation;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.client.ServerCommandRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.InstallConsent;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThroughArguments;
import dev.katra.shell.console.Runs;
import dev.katra.shell.server.ServerStarter;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra demo} runs the demonstration, in a home of its own, from its beginning to its end. */
@Component
class DemoCommand {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final String END_COMMAND = "katra demo end";

    private final ServerStarter starter;
    private final Agent agent;
    private final Dispatcher.AgentGate gate;
    private final ProcessRunner processes;
    private final ObjectProvider<CommandRegistry> registry;

    DemoCommand(
            ServerStarter starter,
            Agent agent,
            Dispatcher.AgentGate gate,
            ProcessRunner processes,
            ObjectProvider<CommandRegistry> registry) {
        this.starter = starter;
        this.agent = agent;
        this.gate = gate;
        this.processes = processes;
        this.registry = registry;
    }

    @Example(
            value = "katra demo",
            synonyms = {"try", "tour"})
    @Command(
            name = "demo",
            group = Groups.SESSIONS,
            description = "Start three real {agent} sessions on a scripted model, and show how they talk",
            help = """
                    Needs no key and no network. The model is a script on Katra's own server; the sessions, their tools,
                    the room and the memory are real. All of it is in a home of its own, the folder demo in yours:
                    nothing of it meets your own personas, messages and memories. While it is up, katra demo COMMAND
                    runs another command in that home (katra demo list, katra demo attach Sam); katra demo end ends the
                    sessions and deletes it. Ctrl-C does the same.
                    """)
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    Outcome demo(
            Caller caller,
            InstallConsent consent,
            @PassThroughArguments(value = "COMMAND…", bare = true) List<String> command) {
        DemoHome home = DemoHome.of(caller);
        if (!command.isEmpty()) {
            return runInDemo(home, command);
        }
        Caller player = withAgent(home.caller(), gate.ensureInstalled(caller));
        if (end(home)) {
            caller.note("The demo that was here is ended, and begins anew.");
        }
        home.create();
        return play(home, player);
    }

    @Example("katra demo end")
    @Command(
            name = {"demo", "end"},
            group = Groups.SESSIONS,
            description = "End the demo's sessions and its server, and delete all that it has left")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void end(Caller caller) {
        caller.print(end(DemoHome.of(caller)) ? "ended, and nothing of it is left" : "there is no demo");
    }

    private Outcome runInDemo(DemoHome home, List<String> command) {
        if (command.get(0).equals("demo")) {
            throw Failure.invalid("there is no demo in the demo").hint("katra demo --help");
        }
        if (!home.exists()) {
            throw Failure.notFound("there is no demo").hint("katra demo starts it");
        }
        return dispatcher().dispatch(home.caller().with(command));
    }

    /** Plays the demonstration. A caller who leaves before its last words leaves nothing behind. */
    private Outcome play(DemoHome home, Caller player) {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Thread interrupted = new Thread(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        awaitUpTo(START_TIMEOUT, started);
                        endDemo(home, player);
                    }
                },
                "katra-demo-end");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            startServer(player);
        } catch (RuntimeException e) {
            if (over.compareAndSet(false, true)) {
                Runtime.getRuntime().removeShutdownHook(interrupted);
                endDemo(home, player);
            }
            throw e;
        } finally {
            started.countDown();
        }
        Outcome outcome = dispatcher().dispatch(player.with(DemoPlayCommand.NAME));
        if (!over.compareAndSet(false, true)) {
            return outcome; // the process ends, and the other thread sees to the rest
        }
        Runtime.getRuntime().removeShutdownHook(interrupted);
        if (outcome.equals(new Outcome.Exit(ExitCode.CANCELLED)) || player.isDisconnected()) {
            endDemo(home, player);
        } else if (!outcome.equals(Outcome.OK)) {
            player.note("");
            player.note("What has come up stays, for you to look at: katra demo list. To end it: " + END_COMMAND);
        }
        return outcome;
    }

    /**
     * Starts the server. A start that is cancelled is awaited all the same: a server cannot be stopped before it
     * answers, and would write in a home that is gone.
     */
    private void startServer(Caller player) {
        try {
            starter.ensureRunning(player);
        } catch (Failure e) {
            if (e.code() == Failure.Code.CANCELLED) {
                Thread.interrupted();
                starter.ensureRunning(withoutOutput(player));
                Thread.currentThread().interrupt();
            } else {
                throw e;
            }
        }
    }

    private static void awaitUpTo(Duration limit, CountDownLatch latch) {
        try {
            latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endDemo(DemoHome home, Caller player) {
        boolean was = Thread.interrupted(); // of the prompt, whose Ctrl-C this was
        try {
            player.note("katra: ending the demo's sessions…");
            end(home);
            player.note("katra: ended, and nothing of it is left");
        } catch (Failure e) {
            player.note("katra: " + e.text() + "; try again with: " + END_COMMAND);
        } finally {
            if (was) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends what runs in the home and deletes it; returns false if there is none. */
    private boolean end(DemoHome home) {
        if (!home.exists()) {
            return false;
        }
        Caller quiet = withoutOutput(home.caller());
        if (starter.isAnswering(quiet.home())) {
            dispatcher().dispatch(quiet.with(List.of("stop", "--all")));
        }
        starter.stop(quiet.home()); // one that does not answer, too
        new Tmux(processes, quiet.environment(), quiet.folder()).killServer();
        home.delete();
        return true;
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(registry.getObject(), new ServerCommandRunner(starter), gate);
    }

    /** Returns the player with the caller's agent, which may lie in the caller's own home. */
    private Caller withAgent(Caller player, Caller caller) {
        AgentInstallation installation = agent.installation();
        return installation
                .find(caller.home(), caller.environment(), caller.folder())
                .map(program -> player.with(installation.variable(), program.toString()))
                .orElse(player);
    }

    private static Caller withoutOutput(Caller caller) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return caller.with(caller.streams().withOutputs(nowhere, nowhere).withDisconnected(() -> false));
    }
}
