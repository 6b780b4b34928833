package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopWordsTests {

    @ParameterizedTest
    @CsvSource({
        "pourquoi est ce que le cache est vide, cache vide",
        "quand avons nous decide de migrer la base, decide migrer base",
        "por que falla el despliegue de la base, falla despliegue base",
        "cuando decidimos usar el cache, decidimos usar cache",
        "qual e a porta do servidor, porta servidor",
        "perche il server non si avvia, server avvia",
        "warum ist der Cache leer, cache leer",
        "which port does the cache use, port cache use",
    })
    void leavesWhatAQuestionIsAbout(String question, String left) {
        assertThat(left(question)).isEqualTo(Arrays.asList(left.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource({"dos attack, dos attack", "se linux policy, se linux policy", "con edison tour, con edison tour"})
    void keepsNamesThatAreStopWordsElsewhere(String question, String left) {
        assertThat(left(question)).isEqualTo(Arrays.asList(left.split(" ", -1)));
    }

    @Test
    void countsWhatIsDoneInAnyWeekLittleBesideATime() {
        assertThat(StopWords.of(List.of(), true).isWeak("work")).isTrue();
        assertThat(StopWords.of(List.of(), false).isWeak("work")).isFalse();
    }

    private static List<String> left(String question) {
        List<Word> words = new Analyser().words(question);
        StopWords stop = StopWords.of(words, false);
        return words.stream()
                .filter(word -> word.kind() == Word.Kind.PLAIN)
                .map(word -> Analyser.plain(word.original()))
                .filter(word -> !stop.isStop(word))
                .toList();
    }
}
