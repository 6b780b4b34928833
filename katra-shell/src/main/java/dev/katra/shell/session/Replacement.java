package dev.katra.shell.session;

import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.text.VisibleText;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Workplace;
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
 * @param fallbacks the ids of the providers that are fallbacks of the one that runs, separated by commas; empty if it has none
 * @param wakeAsked whether that names which mail wakes it
 */
record Replacement(Session old, StartRequest asked, String fallbacks, boolean wakeAsked) {

    /** Returns the request to start the new session. */
    StartRequest request() {
        return new StartRequest(asked.persona(), choice(), workplace(), purpose(), asked.client(), asked.replace());
    }

    private ModelChoice choice() {
        ModelChoice choice = asked.choice();
        String provider =
                Objects.requireNonNullElse(choice.provider(), old.source().provider());
        boolean same = provider.equals(old.source().provider());
        return new ModelChoice(
                provider,
                choice.model() == null && same ? old.source().model() : choice.model(),
                choice.route() == null && choice.fallback() == null && same
                        ? Route.parse(old.source().route())
                        : choice.route(),
                choice.fallback() == null && same && !fallbacks.isEmpty() ? fallbacks : choice.fallback(),
                choice.trace());
    }

    private Workplace workplace() {
        Workplace workplace = asked.workplace();
        return new Workplace(
                asked.folder(),
                workplace.background(),
                workplace.isolated() || old.client().isolated());
    }

    private SessionPurpose purpose() {
        SessionPurpose purpose = asked.purpose();
        return new SessionPurpose(
                purpose.role() == null ? old.purpose().role() : purpose.role(),
                wakeAsked ? purpose.wake() : old.purpose().wake());
    }

    /** Returns what stays and what changes, in one line. */
    String summary() {
        ModelChoice choice = choice();
        Workplace workplace = workplace();
        List<String> changes = new ArrayList<>();
        change(changes, "provider", old.source().provider(), choice.provider());
        change(changes, "model", name(old.source().model()), name(choice.model()));
        change(changes, "folder", old.folder(), asked.folder().toString());
        change(changes, "isolated", String.valueOf(old.client().isolated()), String.valueOf(workplace.isolated()));
        change(
                changes,
                "place",
                old.screen().place().externalName(),
                (workplace.background() ? Place.TMUX : Place.TERMINAL).externalName());
        String model = choice.model() == null ? "" : " (" + VisibleText.name(choice.model()) + ")";
        return "replaces the session of " + asked.persona() + " on " + choice.provider() + model
                + (workplace.isolated() ? ", isolated" : "") + ", with a new conversation"
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
