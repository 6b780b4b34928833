package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.SessionEnds;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra stop}: ends sessions, in tmux and in terminals. */
@Component
class StopCommand {

    private final PersonaService personas;
    private final SessionService sessions;
    private final SessionEnds ends;

    StopCommand(PersonaService personas, SessionService sessions, SessionEnds ends) {
        this.personas = personas;
        this.sessions = sessions;
        this.ends = ends;
    }

    @Command(name = "stop", group = Groups.SESSIONS, description = "End sessions by name, or all of them")
    @Runs(ownerOnly = true)
    void stop(
            Caller caller,
            @Option(longName = "all", description = "every session that Katra started") boolean all,
            @Arguments List<String> persona) {
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
                            ends.end(live.session(), launchCaller);
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
