package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.turn.TranscriptReader;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnRecorder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Has the turns that a client reports kept: what a person asks, what the model says last, and what a compaction leaves of a
 * conversation. A sub-agent's are no turns of the session. Nobody waits for it.
 */
@Component
class TurnCapture {

    private final TurnRecorder turns;
    private final @Nullable TranscriptReader transcripts;

    TurnCapture(TurnRecorder turns, ObjectProvider<TranscriptReader> transcripts) {
        this.turns = turns;
        this.transcripts = transcripts.getIfAvailable();
    }

    /** Notes a prompt that a person has written. */
    void prompted(Actor actor, HookEvent event) {
        key(event).ifPresent(key -> turns.recordPrompt(actor, key, folder(event), event.text("prompt")));
    }

    /** Notes the end of a turn. */
    void ended(Actor actor, HookEvent event) {
        String answer = event.text("last_assistant_message");
        key(event).ifPresent(key -> turns.recordAnswer(actor, key, folder(event), answer));
    }

    /** Notes, before the client compacts its conversation, what the model has said in it last. */
    void compacting(Actor actor, HookEvent event) {
        String asked = event.text("custom_instructions");
        TranscriptReader reader = transcripts;
        key(event)
                .ifPresent(key -> turns.recordHandover(
                        actor, key, folder(event), asked, () -> reader == null ? null : saidLast(reader, event)));
    }

    /** Notes the summary with which the client goes on after it has compacted its conversation. */
    void compacted(Actor actor, HookEvent event) {
        String summary = event.text("compact_summary");
        key(event).ifPresent(key -> turns.recordSummary(actor, key, folder(event), summary));
    }

    private static @Nullable String saidLast(TranscriptReader reader, HookEvent event) {
        String path = event.text("transcript_path");
        return path.isEmpty() ? null : reader.saidLast(Path.of(path)).orElse(null);
    }

    private static Optional<TurnKey> key(HookEvent event) {
        return event.isOfSubAgent() ? Optional.empty() : TurnKey.of(event.text("session_id"), event.text("prompt_id"));
    }

    private static @Nullable String folder(HookEvent event) {
        String folder = event.text("cwd");
        return folder.isEmpty() || folder.length() > 4096 ? null : folder;
    }
}
