package dev.katra.core.lookup;

import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.turn.FoundTurn;
import dev.katra.core.turn.TurnQuery;
import dev.katra.core.turn.TurnSearch;
import java.util.List;
import org.springframework.stereotype.Service;

/** Recalls memories, and looks into past turns where no memory answers. */
@Service
public class RecallService {

    /** The largest number of turns that are found: they are long, and nobody has chosen them. */
    private static final int MAX_TURNS = 3;

    private final MemoryService memories;
    private final TurnSearch turns;

    RecallService(MemoryService memories, TurnSearch turns) {
        this.memories = memories;
        this.turns = turns;
    }

    /**
     * Holds the memories that a recall has found, and past turns if no memory answers.
     *
     * @param turns past turns that have enough of the question to be an answer, best first
     */
    public record Recalled(RecallResult memories, List<FoundTurn> turns) {

        public Recalled {
            turns = List.copyOf(turns);
        }
    }

    /**
     * Finds memories by a question or by words; if none answers it, also past turns: the viewer's own and the team's, or
     * all if the viewer is a person, who is the owner of the home. A question for a kind, a scope or tags is one for
     * memories alone.
     */
    public Recalled recall(Actor viewer, RecallQuery query) {
        RecallResult found = memories.recall(viewer, query);
        boolean answered = !found.weak() && !found.found().isEmpty();
        MemoryFilter filter = query.filter();
        if (answered
                || filter.kind() != null
                || filter.scope() != null
                || !filter.tags().isEmpty()) {
            return new Recalled(found, List.of());
        }
        return new Recalled(
                found,
                turns.find(new TurnQuery(
                        viewer.human() ? null : viewer,
                        query.text(),
                        filter.author(),
                        filter.since(),
                        Math.min(MAX_TURNS, query.limit()))));
    }
}
