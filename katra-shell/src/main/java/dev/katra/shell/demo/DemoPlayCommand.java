package dev.katra.shell.demo;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.SessionTerminator;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Workplace;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import dev.katra.shell.room.MessagePrinter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/**
 * The hidden command {@code katra demo play} is what {@code katra demo} has the server of its home do: three real
 * Claude Code sessions on the scripted model greet each other, remember and recall. It plays only in a home in which
 * nobody has been.
 */
@Component
class DemoPlayCommand {

    /** The words that run this command. */
    static final List<String> NAME = List.of("demo", "play");

    private static final String PROVIDER = "demo";
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Agent agent;
    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;
    private final SessionTerminator terminator;
    private final RoomService room;
    private final ProcessRunner processes;

    DemoPlayCommand(
            Agent agent,
            Launcher launcher,
            PersonaService personas,
            SessionService sessions,
            SessionTerminator terminator,
            RoomService room,
            ProcessRunner processes) {
        this.agent = agent;
        this.launcher = launcher;
        this.personas = personas;
        this.sessions = sessions;
        this.terminator = terminator;
        this.room = room;
        this.processes = processes;
    }

    @Command(
            name = {"demo", "play"},
            group = Groups.SESSIONS,
            description = "What katra demo runs in its own home",
            hidden = true)
    @Runs(wholeEnvironment = true, ownerOnly = true)
    void play(Caller caller) {
        if (!personas.all().isEmpty()) {
            throw Failure.conflict("this home is not the demo's").hint("katra demo");
        }
        Path folder = KatraHome.privateFolder(caller.home().root().resolve("work"));
        List<Persona> cast = DemoScripts.names().stream()
                .map(name -> personas.ensure(name, false))
                .toList();
        cast.forEach(
                persona -> personas.noteArrival(persona.id())); // what one says before another is up is for all three
        caller.note("Starting Dario, Sam and Charlie: " + agent.displayName()
                + " on a scripted model, no key, no network…");
        try {
            startAll(caller, folder);
            caller.note("They are up. What they say:");
            printUntilLastMessage(caller, cast);
        } finally {
            if (caller.isDisconnected()) {
                endAll(caller); // which the caller does too, unless it was killed
            }
        }
        caller.note("");
        caller.note("They stay until you end them, in a home of their own, "
                + caller.home().root() + ":");
        caller.note("  katra demo list                         who runs, where, with how many unread messages");
        caller.note("  katra demo attach Sam                   look at Sam's screen; " + detachKeys(caller));
        caller.note("  katra demo recall when is the release   what they remember");
        caller.note("  katra demo end                          end them, and leave nothing behind");
        caller.note("The same with a model, in your own home: katra start --persona Dario");
    }

    /** Returns which keys leave Sam's screen, as the caller has set them. */
    private String detachKeys(Caller caller) {
        Tmux tmux = new Tmux(processes, caller.environment(), caller.folder());
        return personas.find("Sam")
                .flatMap(sessions::liveOf)
                .map(session -> session.process().pid())
                .flatMap(tmux::pane)
                .map(tmux::detachHint)
                .orElse("it says which keys leave it");
    }

    private void endAll(Caller caller) {
        LaunchCaller launchCaller = new LaunchCaller(caller.environment(), caller.folder(), note -> {});
        sessions.live().forEach(live -> terminator.end(live.session(), launchCaller));
    }

    private void startAll(Caller caller, Path folder) {
        LaunchCaller launchCaller = new LaunchCaller(caller.environment(), caller.folder(), caller::note);
        ExecutorService starting =
                Executors.newFixedThreadPool(DemoScripts.names().size());
        try {
            List<CompletableFuture<Session>> starts = DemoScripts.names().stream()
                    .map(name -> CompletableFuture.supplyAsync(
                            () -> launcher.start(request(name, folder), launchCaller)
                                    .session(),
                            starting))
                    .toList();
            starts.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw e;
        } finally {
            starting.shutdown();
        }
    }

    private static StartRequest request(String name, Path folder) {
        return new StartRequest(
                name,
                new ModelChoice(PROVIDER),
                new Workplace(folder, true, true),
                new SessionPurpose(WakePolicy.DIRECT),
                new ClientStart(DemoScripts.script(name), List.of()),
                false);
    }

    /** Prints what is said until the last words; fails if they do not come in time. */
    private void printUntilLastMessage(Caller caller, List<Persona> cast) {
        MessagePrinter printer = new MessagePrinter(caller, false);
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        long shown = 0;
        while (System.nanoTime() < deadline && !caller.isDisconnected()) {
            CompletableFuture<?>[] mail =
                    cast.stream().map(persona -> room.nextMail(persona.id())).toArray(CompletableFuture<?>[]::new);
            for (PastMessage message : room.history(HistoryQuery.newest(null, 100))) {
                if (message.number() > shown) {
                    printer.print(message, false);
                    shown = message.number();
                    if (message.said().text().equals(DemoScripts.LAST_MESSAGE)) {
                        return;
                    }
                }
            }
            awaitAny(mail);
        }
        if (caller.isDisconnected()) {
            throw Failure.of(Failure.Code.CANCELLED, "cancelled");
        }
        throw Failure.unavailable("the three did not finish their scripts in time")
                .hint("look at them: katra demo attach Dario; and at the log: katra demo server logs");
    }

    private static void awaitAny(CompletableFuture<?>[] mail) {
        try {
            CompletableFuture.anyOf(mail).get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // look whether the caller is still there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            Arrays.stream(mail).forEach(waiter -> waiter.cancel(false)); // whoever no longer waits is not kept
        }
    }
}
