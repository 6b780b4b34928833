package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TermVectorCacheTests {

    private static final int PLACES = 8;

    private final TermVectorCache documents = new TermVectorCache(PLACES, 4);

    @Test
    void keepsTheLastOneOfEachPlace() {
        documents.put(List.of(document(3, 2), document(4, 2), document(3 + PLACES, 2)), documents.changes());
        assertThat(found(3, 4, 3 + PLACES)).containsExactly(4L, 3L + PLACES);
    }

    @Test
    void keepsNoneThatIsTooLong() {
        documents.put(List.of(document(3, 4), document(4, 5)), documents.changes());
        assertThat(found(3, 4)).containsExactly(3L);
    }

    @Test
    void forgetsWhatHasChangedAndNothingElse() {
        documents.put(List.of(document(3, 2), document(4, 2)), documents.changes());
        documents.remove(List.of(4L, 3L + PLACES));
        assertThat(found(3, 4)).containsExactly(3L);
    }

    @Test
    void keepsNothingThatWasReadBeforeAChange() {
        int before = documents.changes();
        documents.remove(List.of(4L));
        documents.put(List.of(document(4, 2)), before);
        assertThat(found(4)).isEmpty();
        documents.put(List.of(document(4, 2)), documents.changes());
        assertThat(found(4)).containsExactly(4L);
    }

    private List<Long> found(long... ids) {
        List<Long> asked = IntStream.range(0, ids.length).mapToObj(i -> ids[i]).toList();
        List<Long> missing = new ArrayList<>();
        List<Long> found =
                documents.get(asked, missing).stream().map(TermVector::id).toList();
        assertThat(missing).hasSize(ids.length - found.size()).allSatisfy(id -> assertThat(found)
                .doesNotContain(id));
        return found;
    }

    private static TermVector document(long id, int terms) {
        List<String> words = IntStream.range(0, terms).mapToObj(n -> "w" + n).toList();
        return TermVector.of(id, new Terms(words, List.of(), List.of()));
    }
}
