package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Boosts;
import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.QuestionReading;
import dev.katra.core.search.TextSearch;
import dev.katra.core.search.TextSearch.Match;
import dev.katra.core.store.Reads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds past messages by a question or by words. The viewer may find what the history shows. */
@Service
public class MessageSearch {

    private final MessageIndex index;
    private final MessageHistory history;
    private final PersonaService personas;
    private final IndexBuilder rebuild;
    private final Reads reads;
    private final Clock clock;

    MessageSearch(
            MessageIndex index,
            MessageHistory history,
            PersonaService personas,
            IndexBuilder rebuild,
            Reads reads,
            Clock clock) {
        this.index = index;
        this.history = history;
        this.personas = personas;
        this.rebuild = rebuild;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Returns the messages that match, best first.
     *
     * @throws Failure NOT_FOUND if the query names an unknown persona
     */
    public MessageSearchResult find(MessageQuery query) {
        String name = query.with();
        Persona with = name == null ? null : personas.get(name);
        Instant now = clock.instant();
        int changes = index.search().changes();
        return reads.run(() -> {
            QuestionReading asked = QuestionReading.of(query.text(), now, clock.getZone(), personas::idsByName);
            TextSearch.Matches matches = index.search().find(asked.question(), filter(query.viewer()), changes);
            return found(query, with, matches, asked, now);
        });
    }

    private MessageSearchResult found(
            MessageQuery query,
            @Nullable Persona with,
            TextSearch.Matches matches,
            QuestionReading asked,
            Instant now) {
        Map<Long, Match> byId = new LinkedHashMap<>();
        boolean any = matches.matches().stream().anyMatch(Match::isAnswer);
        matches.matches().stream().filter(match -> match.isRelated(any)).forEach(match -> byId.put(match.id(), match));
        Actor viewer = query.viewer();
        Instant since = query.since();
        List<MessageSearchResult.FoundMessage> found = new ArrayList<>();
        for (PastMessage message :
                history.findByNumbers(byId.keySet(), viewer == null ? null : viewer.personaId(), with)) {
            if (since == null || !message.said().at().isBefore(since)) {
                found.add(found(message, Objects.requireNonNull(byId.get(message.number())), asked, now));
            }
        }
        found.sort(Comparator.comparingDouble(MessageSearchResult.FoundMessage::score)
                .reversed());
        boolean answered = any && matches.matches().stream().anyMatch(Match::isLikely);
        int limit = answered ? query.limit() : Math.min(TextSearch.MAX_WEAK, query.limit());
        return new MessageSearchResult(
                found.stream().limit(limit).toList(),
                answered ? found.size() : Math.min(limit, found.size()),
                matches.more(),
                rebuild.isComplete(),
                !answered && !found.isEmpty());
    }

    private static MessageSearchResult.FoundMessage found(
            PastMessage message, Match match, QuestionReading asked, Instant now) {
        List<String> why = new ArrayList<>(match.why());
        boolean byNamedAuthor =
                asked.authors().keySet().stream().anyMatch(message.sender().name()::equalsIgnoreCase);
        double factor = Boosts.raised(
                1 + Boosts.recency(message.said().at(), now),
                byNamedAuthor,
                asked.isOfTime(why, message.said().at(), false),
                why);
        return new MessageSearchResult.FoundMessage(message, match.score() * factor, why);
    }

    private static IndexFilter filter(@Nullable Actor viewer) {
        return viewer == null
                ? IndexFilter.NONE
                : new IndexFilter(List.of(), FilterTerms.PRIVATE, FilterTerms.privateTo(viewer.personaId()));
    }
}
