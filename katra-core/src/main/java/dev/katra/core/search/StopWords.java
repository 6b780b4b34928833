package dev.katra.core.search;

import java.util.Arrays;
import java.util.Set;

/**
 * Lists words that say nothing of what a question is about, in English and German, as {@link Analyser#plain} writes
 * them.
 */
final class StopWords {

    private static final Set<String> STOP = words("""
            a an the and or but if then else than so as at by for from in into of off on onto out over to under up with
            about is am are was were be been being do does did done doing has have had having can could shall should will
            would may might must i me my mine we us our ours you your yours he him his she her hers it its they them their
            theirs this that these those there here what which who whom whose when where why how not no nor s t d ll m re
            ve don doesn didn isn wasn aren weren won wouldn couldn shouldn hasn haven cannot just also any some each all
            both such only very too again once ever please
            der die das den dem des ein eine einen einem einer eines und oder aber wenn dann als wie wo wer was wann warum
            weshalb wieso womit wofur wozu welche welcher welches welchen welchem ist sind war waren sein bin bist wird
            werden wurde wurden hat haben hatte hatten kann konnen konnte soll sollen sollte muss mussen ich du er sie es
            wir ihr mir mich dir dich uns euch ihm ihn ihnen mein dein unser euer nicht kein keine keinen im am zu zum zur
            von vom mit bei beim auf aus nach vor fur uber unter um an ob dass damit auch noch nur schon sehr hier dort
            denn doch mal bitte man""");

    /** The words that count little, for they only say that something was said, known or done. */
    private static final Set<String> WEAK = words("""
            say says said saying talk talked tell told mention mentioned ask asked know known knows think thought opinion
            remember remembered note noted wrote written write anyone anybody someone somebody everyone thing things
            something anything use used using uses get gets got make made need needs want wants go goes going happen
            happens happened
            gesagt sagte sagt sagen meinte meint erwahnt weiss jemand etwas gibt""");

    private StopWords() {}

    private static Set<String> words(String list) {
        return Set.copyOf(Arrays.asList(list.split("\\s+", -1)));
    }

    static boolean isStop(String plain) {
        return STOP.contains(plain);
    }

    static boolean isWeak(String plain) {
        return WEAK.contains(plain);
    }
}
