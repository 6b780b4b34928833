package dev.katra.core.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Boosts;
import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.QuestionReading;
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
import org.springframework.stereotype.Service;

/** Finds past turns by a question or by words, as far as they answer it well. */
@Service
public class TurnSearch {

    private final CaptureSettings settings;
    private final TurnRecorder recorder;
    private final TurnIndex index;
    private final TurnRows rows;
    private final PersonaService personas;
    private final Reads reads;
    private final Clock clock;

    TurnSearch(
            CaptureSettings settings,
            TurnRecorder recorder,
            TurnIndex index,
            TurnRows rows,
            PersonaService personas,
            Reads reads,
            Clock clock) {
        this.settings = settings;
        this.recorder = recorder;
        this.index = index;
        this.rows = rows;
        this.personas = personas;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Returns the turns that have enough of the question to be an answer, best first; none if no turns are kept.
     *
     * @throws Failure NOT_FOUND if the query names an unknown persona
     */
    public List<FoundTurn> find(TurnQuery query) {
        if (!settings.isOn()) {
            return List.of();
        }
        recorder.flush();
        IndexFilter filter = filter(query);
        Instant now = clock.instant();
        int changes = index.search().changes();
        return reads.run(() -> {
            QuestionReading asked = QuestionReading.of(query.text(), now, clock.getZone(), personas::idsByName);
            List<Match> matches = index.search().find(asked.question(), filter, changes).matches().stream()
                    .filter(Match::isAnswer)
                    .toList();
            return found(query, matches, asked, now);
        });
    }

    private List<FoundTurn> found(TurnQuery query, List<Match> matches, QuestionReading asked, Instant now) {
        Map<Long, Match> byId = new LinkedHashMap<>();
        matches.forEach(match -> byId.put(match.id(), match));
        Actor viewer = query.viewer();
        Instant since = query.since();
        return rows.findByNumbers(byId.keySet(), viewer == null ? null : viewer.personaId()).stream()
                .filter(turn -> since == null || !turn.origin().at().isBefore(since))
                .map(turn -> found(turn, Objects.requireNonNull(byId.get(turn.number())), asked, now))
                .sorted(Comparator.comparingDouble(FoundTurn::score).reversed())
                .limit(query.limit())
                .toList();
    }

    private static FoundTurn found(PastTurn turn, Match match, QuestionReading asked, Instant now) {
        List<String> why = new ArrayList<>(match.why());
        boolean byNamed = asked.authors().keySet().stream().anyMatch(turn.persona()::equalsIgnoreCase);
        double factor = Boosts.raised(
                1 + Boosts.recency(turn.origin().at(), now),
                byNamed,
                asked.isOfTime(why, turn.origin().at(), false),
                why);
        return new FoundTurn(turn, match.score() * factor, why);
    }

    private IndexFilter filter(TurnQuery query) {
        String name = query.persona();
        List<List<String>> all = name == null
                ? List.of()
                : List.of(List.of(FilterTerms.author(personas.get(name).id())));
        Actor viewer = query.viewer();
        return viewer == null
                ? new IndexFilter(all, null, null)
                : new IndexFilter(all, FilterTerms.PRIVATE, FilterTerms.privateTo(viewer.personaId()));
    }
}
