package dev.katra.shell.demo;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
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
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra demo}: three real Claude Code sessions on the scripted model greet each other, remember and recall. */
@Component
class DemoCommand {

    private static final String PROVIDER = "demo";
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;
    private final RoomService room;

    DemoCommand(Launcher launcher, PersonaService personas, SessionService sessions, RoomService room) {
        this.launcher = launcher;
        this.personas = personas;
        this.sessions = sessions;
        this.room = room;
    }

    @Command(
            name = "demo",
            group = Groups.SESSIONS,
            description = "Start three real Claude Code sessions on a scripted model, and show how they talk",
            help = """
                    Needs no key and no network. The model is a script on Katra's own server; the sessions, their tools,
                    the room and the memory are real.
                    """)
    @Runs(wholeEnvironment = true, startsClaude = true, ownerOnly = true)
    void demo(
            Caller caller,
            @Option(
                            longName = "yes",
                            shortName = 'y',
                            description = "install Claude Code without asking if it is missing")
                    boolean yes) {
        Path folder = KatraHome.privateFolder(caller.home().root().resolve("demo"));
        List<Persona> cast = DemoCast.names().stream()
                .map(name -> personas.ensure(name, false))
                .toList();
        cast.forEach(persona -> refuseOthers(persona, folder));
        cast.forEach(this::clearEarlierLines);
        long before = newest();
        caller.note("Starting Dario, Sam and Charlie: Claude Code on a scripted model, no key, no network…");
        startAll(caller, folder);
        caller.note("They are up. What they say:");
        follow(caller, cast, before);
        caller.note("");
        caller.note("They stay until you stop them:");
        caller.note("  katra list                        who runs, where, with how many unread messages");
        caller.note("  katra attach Sam                  look at Sam's screen; Ctrl-B then D leaves it");
        caller.note("  katra recall when is the release   what they remember");
        caller.note("  katra stop Dario Sam Charlie      end them");
        caller.note("The same with a model: katra start --persona Dario");
    }

    /** A session of the user's under one of these names is left alone. */
    private void refuseOthers(Persona persona, Path folder) {
        sessions.liveOf(persona)
                .filter(live ->
                        !live.provider().equals(PROVIDER) || !live.folder().equals(folder.toString()))
                .ifPresent(live -> {
                    throw Failure.conflict(persona.name() + " is already running, on " + live.provider())
                            .hint("the demo needs the names Dario, Sam and Charlie: katra stop " + persona.name());
                });
    }

    /** What was left unheard by an earlier demonstration would be taken for the answer in this one. */
    private void clearEarlierLines(Persona persona) {
        Actor actor = new Actor(persona.id(), persona.name(), false, null);
        room.received(
                actor,
                room.inbox(actor).messages().stream()
                        .filter(message -> DemoCast.isLine(message.text()))
                        .map(HeardMessage::number)
                        .toList());
    }

    private void startAll(Caller caller, Path folder) {
        LaunchCaller launchCaller = new LaunchCaller(caller.environment(), caller.folder(), caller::note);
        ExecutorService starting = Executors.newFixedThreadPool(DemoCast.names().size());
        try {
            List<CompletableFuture<Session>> starts = DemoCast.names().stream()
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
                PROVIDER,
                null,
                null,
                true,
                folder,
                null,
                true,
                WakePolicy.DIRECT,
                DemoCast.script(name),
                true,
                false,
                null,
                // The client's auto mode would ask the script to judge what is safe.
                List.of("--permission-mode", "default"));
    }

    /** Prints what is said until the last words, and fails if they do not come. */
    private void follow(Caller caller, List<Persona> cast, long before) {
        MessagePrinter printer = new MessagePrinter(caller, false);
        long deadline = System.nanoTime() + LIMIT_NANOS;
        long shown = before;
        while (System.nanoTime() < deadline && !caller.gone().getAsBoolean()) {
            CompletableFuture<?>[] mail =
                    cast.stream().map(persona -> room.mail(persona.id())).toArray(CompletableFuture<?>[]::new);
            for (PastMessage message : room.history(new HistoryQuery(null, null, null, null, 100))) {
                if (message.number() > shown) {
                    printer.print(message, false);
                    shown = message.number();
                    if (message.text().equals(DemoCast.LAST_WORDS)) {
                        return;
                    }
                }
            }
            awaitAny(mail);
        }
        throw Failure.unavailable("the three did not come to their last words")
                .hint("look at them: katra attach Dario; and at the log: katra server logs");
    }

    private long newest() {
        List<PastMessage> last = room.history(new HistoryQuery(null, null, null, null, 1));
        return last.isEmpty() ? 0 : last.get(0).number();
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
