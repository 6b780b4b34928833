package dev.katra.core.turn;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.store.Reads;
import dev.katra.core.turn.NewTurn.TurnOwner;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Takes in turns from transcripts. */
@Service
public class TurnTransfer {

    private final CaptureSettings settings;
    private final TurnLimits limits;
    private final TurnWriter writing;
    private final TurnRows rows;
    private final TurnText texts;
    private final PersonaService personas;
    private final Reads reads;
    private final Clock clock;

    TurnTransfer(
            CaptureSettings settings,
            TurnLimits limits,
            TurnWriter writing,
            TurnRows rows,
            TurnText texts,
            PersonaService personas,
            Reads reads,
            Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.writing = writing;
        this.rows = rows;
        this.texts = texts;
        this.personas = personas;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Counts what came of turns.
     *
     * @param added those that are new
     * @param known those that are here already
     * @param old those that are older than turns are kept
     */
    public record TurnCounts(int added, int known, int old) {

        /** The counts of no turns. */
        public static final TurnCounts NONE = new TurnCounts(0, 0, 0);

        /** Returns the sums. */
        public TurnCounts plus(TurnCounts other) {
            return new TurnCounts(added + other.added, known + other.known, old + other.old);
        }
    }

    /**
     * Adds those turns that are not here yet, cut and without secrets as those that are reported. A turn of a conversation
     * that was in a session of Katra's is that session's persona's.
     *
     * @param other the persona that gets the other turns
     */
    public TurnCounts importAll(List<ImportedTurn> turns, Persona other) {
        Instant oldest = clock.instant().minus(limits.keep());
        Map<String, Persona> owners = new HashMap<>();
        List<NewTurn> storable = new ArrayList<>();
        int old = 0;
        for (ImportedTurn turn : turns) {
            if (turn.at().isBefore(oldest)) {
                old++;
                continue;
            }
            TurnBody body = new TurnBody(
                    texts.storable(turn.body().prompt()),
                    texts.storable(turn.body().answer()));
            if (!body.isEmpty()) {
                Persona owner = owners.computeIfAbsent(turn.key().conversation(), conversation -> owner(conversation)
                        .orElse(other));
                storable.add(storable(turn, body, owner));
            }
        }
        int added = writing.addAll(storable);
        return new TurnCounts(added, turns.size() - old - added, old);
    }

    private Optional<Persona> owner(String conversation) {
        return reads.run(() -> rows.personaOf(conversation)).flatMap(personas::find);
    }

    private NewTurn storable(ImportedTurn turn, TurnBody body, Persona owner) {
        return new NewTurn(
                TurnOwner.ofTranscript(owner, turn.folder()),
                turn.key(),
                body,
                turn.at(),
                turn.endedAt(),
                settings.capture() == CaptureSettings.Capture.TEAM);
    }
}
