package dev.katra.shell.session;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.overview.SessionOverview;
import dev.katra.core.session.ActiveFallbacks.ActiveFallback;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionProgress;
import dev.katra.core.session.SessionState;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.VisibleText;
import dev.katra.core.usage.UsageSource;
import dev.katra.shell.usage.UsageView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LiveRow is one live session, in {@code katra list}; also its form in {@code --json}, where its parts stand as if
 * they were its own fields.
 */
record LiveRow(
        @JsonUnwrapped Identity identity,
        String state,
        @JsonUnwrapped Whereabouts whereabouts,
        @JsonUnwrapped Progress progress,
        @JsonUnwrapped Waking waking,
        @JsonUnwrapped Observation observation) {

    /** The maximum size of a dialog or an error in a table, in bytes. */
    private static final int MAX_REASON_BYTES = 60;

    /** Names whose session it is, and what answers it. */
    record Identity(String persona, @JsonUnwrapped ModelSource source) {}

    /** Says where a session is. */
    record Whereabouts(
            String where,
            @Nullable String tmuxSession,
            @Nullable Long pid,
            String folder) {

        private static Whereabouts of(Session session) {
            return new Whereabouts(
                    session.screen().place().externalName(),
                    session.screen().tmuxSession(),
                    session.process().pid(),
                    session.folder());
        }
    }

    /**
     * Says since when a session is in its state, and what holds it up.
     *
     * @param started when it was started
     * @param since the time since which it is in this state
     * @param dialog what it waits for, while it waits for a person and if that is known
     * @param lastError how the provider refused its last turn; null if that ended well
     */
    record Progress(
            Instant started,
            Instant since,
            @Nullable String dialog,
            @Nullable String lastError) {

        private static Progress of(Session session) {
            SessionProgress now = session.progress();
            return new Progress(session.lifetime().claimedAt(), now.stateAt(), now.dialog(), now.lastError());
        }
    }

    /**
     * Says what waits for a session, and whether that can wake it.
     *
     * @param wake which mail wakes it
     * @param deaf true if it is idle and nothing in it waits for a wake signal
     * @param turns the turns for which it was woken
     */
    record Waking(int unread, String wake, boolean deaf, Turns turns) {

        private static Waking of(SessionOverview overview) {
            return new Waking(
                    overview.unread(),
                    overview.session().purpose().wake().externalName(),
                    overview.unreachable(),
                    Turns.of(overview.turns()));
        }
    }

    /**
     * Holds what a session's client and the gateway have told.
     *
     * @param permissionMode in which its client works, in the client's word; null until it has reported one
     * @param notes what its client's settings switch off, and where they lead, as was said at its start
     * @param usageSource {@code counted} by the gateway, or {@code reported} by its client
     * @param answeredBy who answers in place of its own provider now; null if that answers itself
     */
    record Observation(
            @Nullable String permissionMode,
            List<String> notes,
            String usageSource,
            UsageView usage,
            @Nullable AnsweredBy answeredBy) {

        private static Observation of(SessionOverview overview, List<String> notes) {
            return new Observation(
                    overview.permissionMode(),
                    notes,
                    UsageSource.onRoute(overview.session().source().route()).externalName(),
                    UsageView.of(overview.usage()),
                    AnsweredBy.of(overview.fallback()));
        }
    }

    /**
     * Says which fallback answers a session.
     *
     * @param model the model that answers; null if the provider's entry names none
     * @param since when it began to answer
     */
    record AnsweredBy(String provider, @Nullable String model, Instant since) {

        /** Returns the provider, with its model if that is known. */
        String inWords() {
            return model == null ? provider : provider + " (" + VisibleText.name(model) + ")";
        }

        private static @Nullable AnsweredBy of(@Nullable ActiveFallback fallback) {
            return fallback == null
                    ? null
                    : new AnsweredBy(
                            fallback.provider(),
                            fallback.model().isEmpty() ? null : fallback.model(),
                            fallback.since());
        }
    }

    static LiveRow of(SessionOverview overview, List<String> notes) {
        Session session = overview.session();
        return new LiveRow(
                new Identity(overview.persona().name(), session.source()),
                session.progress().state().externalName(),
                Whereabouts.of(session),
                Progress.of(session),
                Waking.of(overview),
                Observation.of(overview, notes));
    }

    /**
     * Returns the state, with what a person should look at: what the session waits for, what failed, what keeps it from
     * being woken.
     */
    String stateInWords() {
        boolean idle = state.equals(SessionState.IDLE.externalName());
        String why = progress.dialog != null
                ? progress.dialog
                : idle && progress.lastError != null ? progress.lastError : "";
        return state
                + (waking.deaf ? ", deaf" : idle && waking.turns.usedUp() ? ", turns used up" : "")
                + (why.isEmpty()
                        ? ""
                        : ": " + Excerpt.of(why, List.of(), MAX_REASON_BYTES).text());
    }
}
