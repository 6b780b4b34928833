package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.SessionTerminator;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra stop} ends sessions, in tmux and in terminals. */
@Component
class StopCommand {

    private final PersonaService personas;
    private final SessionService sessions;
    private final SessionTerminator terminator;

    StopCommand(PersonaService personas, SessionService sessions, SessionTerminator terminator) {
        this.personas = personas;
        this.sessions = sessions;
        this.terminator = terminator;
    }

    @Example(
            value = "katra stop Sam",
            synonyms = {"kill", "end", "rm", "down", "terminate", "delete"})
    @Command(name = "stop", group = Groups.SESSIONS, description = "End sessions by name, or all of them")
    @Runs(ownerOnly = true)
    void stop(
            Caller caller,
            @Option(longName = "all", description = "every session that Katra started") boolean all,
            @Takes(value = Takes.ValueKind.RUNNING_PERSONA, optional = true) @Arguments List<String> persona) {
        if (all != persona.isEmpty()) {
            throw Failure.invalid(all ? "give names or --all, not both" : "which session?")
                    .hint("katra stop NAME…, or katra stop --all");
        }
        List<LiveSession> wanted =
                all ? sessions.live() : persona.stream().map(this::live).toList();
        LaunchCaller launchCaller = new LaunchCaller(caller.environment(), caller.folder(), caller::note);
        List<CompletableFuture<Void>> stopping = wanted.stream()
                .map(live -> CompletableFuture.runAsync(
                        () -> {
                            terminator.end(live.session(), launchCaller);
                            caller.print("stopped " + live.persona().name());
                        },
                        task -> new Thread(task, "katra-stop-" + live.persona().name()).start()))
                .toList();
        Optional<RuntimeException> failed = Optional.empty();
        for (CompletableFuture<Void> each : stopping) {
            try {
                each.join();
            } catch (CompletionException e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        if (wanted.isEmpty()) {
            caller.note("no session runs");
        }
    }

    private LiveSession live(String name) {
        Persona known = personas.get(name);
        return sessions.liveOf(known)
                .map(session -> new LiveSession(session, known))
                .orElseThrow(
                        () -> Failure.notFound(known.name() + " is not running").hint("katra list"));
    }
}
