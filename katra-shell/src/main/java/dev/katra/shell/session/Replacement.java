package dev.katra.shell.session;

import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.text.VisibleText;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.provider.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Replacement starts a session in the place of one that runs: what was not asked for stays as it is.
 *
 * @param old the one that runs
 * @param asked what was asked for
 * @param wakeAsked whether that names which mail wakes it
 */
record Replacement(Session old, StartRequest asked, boolean wakeAsked) {

    /** Returns the request to start the new session. */
    StartRequest request() {
        String provider = Objects.requireNonNullElse(asked.provider(), old.provider());
        boolean same = provider.equals(old.provider());
        return new StartRequest(
                asked.persona(),
                provider,
                asked.model() == null && same ? old.model() : asked.model(),
                asked.route() == null && same ? Route.parse(old.route()) : asked.route(),
                asked.background(),
                asked.folder(),
                asked.role() == null ? old.role() : asked.role(),
                asked.isolated() || old.isolated(),
                wakeAsked ? asked.wake() : old.wake(),
                asked.prompt(),
                asked.replace(),
                asked.trace(),
                asked.conversation(),
                asked.claudeArguments());
    }

    /** Returns what stays and what changes, in one line. */
    String summary() {
        StartRequest next = request();
        List<String> changes = new ArrayList<>();
        change(changes, "provider", old.provider(), next.provider());
        change(changes, "model", name(old.model()), name(next.model()));
        change(changes, "folder", old.folder(), next.folder().toString());
        change(changes, "isolated", String.valueOf(old.isolated()), String.valueOf(next.isolated()));
        change(
                changes,
                "place",
                old.place().externalName(),
                (next.background() ? Place.TMUX : Place.TERMINAL).externalName());
        String model = next.model() == null ? "" : " (" + VisibleText.name(next.model()) + ")";
        return "replaces the session of " + next.persona() + " on " + next.provider() + model
                + (next.isolated() ? ", isolated" : "") + ", with a new conversation"
                + (changes.isEmpty() ? "" : "; " + String.join("; ", changes));
    }

    private static @Nullable String name(@Nullable String model) {
        return model == null ? null : VisibleText.name(model);
    }

    private static void change(List<String> changes, String what, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            changes.add(what + " " + orDefault(before) + " becomes " + orDefault(after));
        }
    }

    private static String orDefault(@Nullable String value) {
        return value == null ? "of the provider's choice" : value;
    }
}
