package dev.katra.core.search;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows the words of one question that say nothing of what it is about. English and German ones never do. Those of other
 * languages count only in a question of that language, because some of them are names elsewhere: DOS, SE, con. Words are as
 * {@link Analyser#plain} writes them.
 */
final class StopWords {

    /** The number of its own words that a question in another language has at least. */
    private static final int MIN_OF_LANGUAGE = 2;

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

    /** Words that count little beside a time: what was done last week may be anything. */
    private static final Set<String> WEAK_WITH_TIME = words("""
            work works worked working discuss discussed finish finished learned learnt
            gemacht gearbeitet besprochen gelernt passiert lief
            fait travaille discute appris passe hecho trabajado discutido aprendido pasado""");

    private static final List<Set<String>> OTHER_LANGUAGES = List.of(words("""
            le la les l un une des du de d au aux et ou mais donc ni car ce c cet cette ces ca cela que qu qui quoi quel quelle
            quels quelles quand comment pourquoi combien avec sans pour par sur sous dans en entre vers chez est sont etait
            etaient etre ete suis es sommes etes a ont ai as avons avez avait avoir fait faire je j tu il elle on nous vous ils
            elles me m te t se s lui leur leurs mon ma mes ton ta tes son sa ses notre nos votre vos ne n pas plus y si tout
            tous toute toutes aussi encore deja faut doit peut"""), words("""
            el la los las lo un una unos unas y e o u pero sino de del al a en con sin por para sobre entre hasta desde que quien
            quienes cual cuales cuando donde adonde como cuanto cuantos porque es son era eran fue fueron ser estar esta estan
            estaba este estos estas esto ese esa eso se me te le les nos os su sus mi mis tu tus yo el ella ellos ellas
            nosotros ha han he hemos hay habia haber hace hacer si no ni mas muy ya tambien puede debe tiene"""), words("""
            o a os as um uma uns umas e ou mas de do da dos das no na nos nas em ao aos por pelo pela pelos pelas para pra com
            sem sobre entre ate desde que quem qual quais quando onde como quanto porque e sao era eram foi foram ser estar
            esta estao este estes estas isto esse essa isso se me te lhe lhes nos vos seu sua seus suas meu minha teu tua eu
            tu ele ela eles elas ha tem ter faz fazer sim nao nem mais muito ja tambem pode deve"""), words("""
            il lo la i gli le l un uno una e ed o ma di del dello della dei degli delle a al allo alla ai agli alle da dal dalla
            in nel nella nei con su sul sulla per tra fra che chi cui quale quali quando dove come quanto perche e sono era
            erano fu essere stato sta questo questa questi queste quello quella si mi ti ci vi ne lui lei noi voi loro mio
            mia tuo suo sua nostro ha hanno ho abbiamo c non piu molto gia anche puo deve"""));

    /** Has no stop word but the English and German ones. */
    static final StopWords NONE = new StopWords(false, Set.of());

    private final boolean time;
    private final Set<String> other;

    private StopWords(boolean time, Set<String> other) {
        this.time = time;
        this.other = other;
    }

    /**
     * Returns the stop words of a question.
     *
     * @param time whether it speaks of a time
     */
    static StopWords of(List<Word> question, boolean time) {
        Set<String> plain =
                question.stream().map(word -> Analyser.plain(word.original())).collect(Collectors.toSet());
        Set<String> other = Set.of();
        long most = MIN_OF_LANGUAGE - 1;
        for (Set<String> language : OTHER_LANGUAGES) {
            long own = plain.stream()
                    .filter(word -> language.contains(word) && !STOP.contains(word))
                    .count();
            if (own > most) {
                most = own;
                other = language;
            }
        }
        return new StopWords(time, other);
    }

    private static Set<String> words(String list) {
        return Set.copyOf(new HashSet<>(Arrays.asList(list.split("\\s+", -1))));
    }

    boolean isStop(String plain) {
        return STOP.contains(plain) || other.contains(plain);
    }

    boolean isWeak(String plain) {
        return WEAK.contains(plain) || (time && WEAK_WITH_TIME.contains(plain));
    }
}
