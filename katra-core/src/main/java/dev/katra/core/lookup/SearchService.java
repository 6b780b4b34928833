package dev.katra.core.lookup;

import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.MessageQuery;
import dev.katra.core.room.MessageSearch;
import dev.katra.core.room.MessageSearchResult;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Searches memories and messages at once. */
@Service
public class SearchService {

    private final MemoryService memories;
    private final MessageSearch messages;

    SearchService(MemoryService memories, MessageSearch messages) {
        this.memories = memories;
        this.messages = messages;
    }

    /**
     * Returns the memories and messages that match and that the viewer may see, best first. A person sees every
     * message, being the owner of the home.
     *
     * @param limit 1 to 100
     */
    public Hits search(Actor viewer, String text, int limit) {
        RecallResult recalled = memories.recall(viewer, new RecallQuery(text, MemoryFilter.ALL, limit));
        MessageSearchResult found =
                messages.find(MessageQuery.ofAnyTime(viewer.human() ? null : viewer, text, null, limit));
        // Weak hits of one kind are left out beside an answer of the other.
        boolean weak = (recalled.weak() || recalled.found().isEmpty())
                && (found.weak() || found.found().isEmpty());
        List<Hits.Hit> hits = Stream.concat(
                        recalled.found().stream()
                                .filter(each -> weak || !recalled.weak())
                                .map(Hits.Hit::of),
                        found.found().stream()
                                .filter(each -> weak || !found.weak())
                                .map(Hits.Hit::of))
                .sorted(Comparator.comparingDouble(Hits.Hit::score).reversed())
                .limit(limit)
                .toList();
        return new Hits(
                hits,
                (recalled.weak() == weak ? recalled.total() : 0) + (found.weak() == weak ? found.total() : 0),
                recalled.more() || found.more(),
                recalled.complete() && found.complete(),
                weak && !hits.isEmpty());
    }
}
