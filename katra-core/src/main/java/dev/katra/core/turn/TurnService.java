package dev.katra.core.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.store.Reads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows past turns, forgets them, and deletes those that are too old or too many. */
@Service
public class TurnService {

    private final CaptureSettings settings;
    private final TurnLimits limits;
    private final TurnRecorder recorder;
    private final TurnRows rows;
    private final TurnWriter writing;
    private final Reads reads;
    private final Clock clock;

    TurnService(
            CaptureSettings settings,
            TurnLimits limits,
            TurnRecorder recorder,
            TurnRows rows,
            TurnWriter writing,
            Reads reads,
            Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.recorder = recorder;
        this.rows = rows;
        this.writing = writing;
        this.reads = reads;
        this.clock = clock;
    }

    /** Returns whether turns are kept. */
    public boolean isOn() {
        return settings.isOn();
    }

    /**
     * Returns the newest turns of a selection, newest first.
     *
     * @param limit 1 to 100
     */
    public List<PastTurn> newest(TurnSelection selection, int limit) {
        TurnQuery.requireLimit(limit);
        recorder.flush();
        return reads.run(() -> rows.newest(selection, limit));
    }

    /**
     * Returns a turn.
     *
     * @param viewer finds its own and the team's; null is the owner of the home, who finds all
     * @throws Failure NOT_FOUND if there is no turn of that number that the viewer may see
     */
    public PastTurn show(@Nullable Actor viewer, long number) {
        return reads.run(() -> rows.findByNumbers(List.of(number), viewer == null ? null : viewer.personaId())).stream()
                .findFirst()
                .orElseThrow(
                        () -> Failure.notFound("there is no turn " + number).hint("katra turns lists the newest"));
    }

    /** Returns how many turns a selection means. */
    public int count(TurnSelection selection) {
        recorder.flush();
        return reads.run(() -> rows.numbers(selection)).size();
    }

    /**
     * Removes a turn from the store and from its index. What its session reports of it later does not bring it back.
     *
     * @param actor removes its own; a person is the owner of the home, and removes any
     * @throws Failure NOT_FOUND if there is no turn of that number that the actor may see; INVALID if it is somebody
     *     else's
     */
    public PastTurn forget(Actor actor, long number) {
        PastTurn turn = show(actor.human() ? null : actor, number);
        if (!actor.human() && !turn.persona().equals(actor.persona())) {
            throw Failure.invalid("turn " + number + " is " + turn.persona() + "'s")
                    .hint("only " + turn.persona() + " or a person can forget it");
        }
        forget(List.of(number));
        return turn;
    }

    /** Removes all turns of a selection from the store and from their index, and returns how many they were. */
    public int forgetAll(TurnSelection selection) {
        recorder.flush();
        return forget(reads.run(() -> rows.numbers(selection)));
    }

    private int forget(List<Long> numbers) {
        try {
            return writing.forget(numbers);
        } finally {
            writing.emptyLog();
        }
    }

    /**
     * Ends the turns that ended sessions have left, and deletes those that are too old, and the oldest of those that are
     * too many; up to {@code atOnce} of them. Other writes wait for moments only.
     *
     * @return how many were deleted
     */
    public int deleteOld(int atOnce) {
        Instant now = clock.instant();
        writing.end(reads.run(() -> rows.abandoned(atOnce)), now);
        writing.delete(reads.run(() -> rows.forgotten(atOnce)));
        List<Long> old = reads.run(() -> rows.before(now.minus(limits.keep()), atOnce));
        return writing.delete(old.isEmpty() ? tooMany(atOnce) : old);
    }

    /** Returns the oldest turns that must go, so that the texts of the others are no more than the limit. */
    private List<Long> tooMany(int atOnce) {
        return reads.run(() -> {
            long over = rows.bytes() - limits.size().toBytes();
            List<Long> numbers = new ArrayList<>();
            if (over > 0) {
                for (TurnRows.TurnSize each : rows.oldest(atOnce)) {
                    if (over > 0) {
                        numbers.add(each.id());
                        over -= each.bytes();
                    }
                }
            }
            return numbers;
        });
    }
}
