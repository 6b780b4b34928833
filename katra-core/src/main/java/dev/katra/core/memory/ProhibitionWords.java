package dev.katra.core.memory;

import dev.katra.core.search.Terms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Knows how a text says that something is forbidden or frozen, in English, German, French, Spanish, Chinese and Japanese: an
 * order ("do not", "nicht … testen"), a rule ("must not", "verboten"), a freeze, or no merges. That something is not so
 * ("the port is not 5544"), or lasts until a time, forbids nothing.
 */
final class ProhibitionWords {

    /** The beginning of a clause. */
    private static final String CLAUSE =
            "(?:^|[.:;,!?(\\n\u2013\u2014]|\\s-)[\\s*>]*(?:please |and |but |so |then |bitte |und |aber |also )?";

    private static final String BEGIN = "(?<![\\p{L}\\d])";
    private static final String END = "(?![\\p{L}\\d])";

    /** The English words for what is done to code and machines. */
    private static final String ACTIONS = "(?:merg(?:es?|ing)|deploy(?:s|ing|ments?)?|releas(?:es?|ing)|push(?:es|ing)?"
            + "|force-push(?:es|ing)?|roll-?outs?|migrations?|upgrad(?:es?|ing)|restart(?:s|ing)?|reboots?|(?:new )?features?"
            + "|schema changes|refactoring|hotfixes|backports)";

    /** The German words for what is done to code and machines. */
    private static final String HANDLUNGEN = "(?:merges?|deploys?|deployments?|releases?|pushes|rollouts?|migrationen"
            + "|upgrades?|updates?|neustarts?|(?:neue[nr]? )?features?|änderung(?:en)?|schemaänderung(?:en)?|auslieferung(?:en)?"
            + "|refactorings?|hotfixes)";

    private static final Pattern FREEZE = ofAnyCase("(?<![\\p{L}\\d.])(?<!no )(?<!pip )(?<!(?:after|before|since) the )"
            + "(?:(?:code|feature|merge|deploy(?:ment)?|release|change|schema|dependency|api|string|content|holiday|hard|soft)"
            + "[ -]?freeze|freeze(?= (?:until|till|through|from|on|for|before|today|this|now|starts?|begins?|applies|bis|ab)\\b|:))"
            + END + "(?! (?:is|was|has been|ist|war) (?:over|off|lifted|vorbei|aufgehoben)| (?:ended|lifted))"
            + "|" + CLAUSE + "freeze (?:the|all|main|master|every)" + END
            + "|" + BEGIN
            + "(?:main|master|trunk|branch(?:es)?|releases?|api|schema|deploy(?:s|ments)?|prod|production|staging|merges"
            + "|repo(?:sitory)?|code|dependencies|versions?|pipeline)[^.;,\\n]{0,30} (?:is|are|stays?|remains?) (?:now |still )?frozen"
            + END + "|" + BEGIN + "frozen (?:until|till|through|for|from|bis)" + END
            + "|" + BEGIN + "(?:eingefroren|codefreeze)" + END
            + "|" + BEGIN + "gel (?:du code|des (?:déploiements|fusions|versions|mises))|" + BEGIN
            + "gelée?s? (?:jusqu|pour)"
            + "|" + BEGIN + "congelad[oa]s? (?:hasta|por)" + END + "|" + BEGIN
            + "congelación del? (?:código|despliegues)"
            + "|(?<!解除)(?:冻结|凍結|封版)(?!解除|已解)");

    private static final Pattern RULE = ofAnyCase(BEGIN + "must ?n[’']?o?t" + END
            + "(?! (?:be (?:null|empty|blank|negative|zero|larger|longer|smaller)|exceed|contain"
            + "|have|start|end)\\b)"
            + "|" + BEGIN + "(?:must|should|may|shall) never" + END
            + "|" + BEGIN + "(?:you|we|they|nobody|no one|no session|sessions|personas) (?:may|shall|can) (?:not" + END
            + "|" + "(?<=(?:nobody|no one|no session) (?:may|shall|can) ))"
            + "|" + BEGIN + "(?<!403 )(?<!returns )(?<!answers )(?<!status )(?:forbidden|prohibited|off[ -]limits)"
            + END
            + "(?! (?:error|status|response)\\b)"
            + "|" + BEGIN + "(?:is|are) not (?:allowed|permitted)" + END
            + "|" + BEGIN + "(?<!nicht )(?:verboten|untersagt|gesperrt)" + END + "|" + BEGIN
            + "nicht (?:erlaubt|gestattet)" + END
            + "|" + BEGIN + "(?:darf|dürfen|sollen?|sollten?)" + END + "[^.;,\\n]{0,60}?" + BEGIN
            + "(?:nicht|nie|niemals|keine?[nmrs]?)" + END
            + "|" + BEGIN + "(?<!pas )(?:interdit|interdite|interdits|interdites|défense de)" + END
            + "|" + BEGIN + "(?<!no está )(?<!no es )prohibid[oa]s?" + END
            + "|(?<![不没未非])(?:严禁|禁止)|(?:请|切)勿|(?<!要)不要(?!紧)|不得(?!不)|不[准许](?!确)"
            + "|(?:し|さ)ないで(?:ください|下さい)|(?:ては|では)(?:いけない|いけません|ならない|なりません)|しないこと");

    private static final Pattern ORDER = ofAnyCase(CLAUSE
            + "(?:do not|don[’']?t|you (?:do not|don[’']?t)|never) (?!(?:forget|worry|know|think|mind|care|hesitate|seen|been|had|got|ran"
            + "|saw|went|came|worked|again|before|yet|have|has|need|want|(?!(?:embed|feed|seed|shed|need|proceed|exceed)\\b)\\p{L}+ed)"
            + END + ")(?=\\p{L})"
            + "|" + CLAUSE + "no (?:(?!(?:need|known)\\b)[\\p{L}-]+ )?" + ACTIONS
            + "(?=\\s*(?:$|[.!:;,]| (?:until|till|before|to|on|in|into|after|during|this|today|while|without|by|for|through|please)\\b))"
            + "|" + CLAUSE + "no (?:changes|updates|commits)(?= (?:[^.;,\\n]{0,30} )?(?:until|till|before)\\b)"
            + "|" + CLAUSE + "keine? (?:[\\p{L}-]+ )?" + HANDLUNGEN
            + "(?=\\s*(?:$|[.!:;,]| (?:bis|vor|am|an|auf|im|in|nach|während|heute|diese|ohne|mehr(?! nötig)|zwischen|ab)\\b))"
            + "|" + CLAUSE + "ne (?:pas|jamais|plus) \\p{L}+(?:er|ir|re)" + END
            + "|" + CLAUSE + "pas de (?:déploiements?|merges?|fusions?|releases?|mises? (?:en production|à jour))" + END
            + "|" + CLAUSE
            + "(?:no|nunca) (?:se )?(?!(?:calendar|dollar|similar|regular|scalar|sugar|sidebar|toolbar|navbar)" + END
            + ")(?:\\p{L}{3,}ar|hacer|subir|mover|escribir|abrir|romper|poner|meter|compartir|añadir)(?:l[oae]s?)?"
            + END);

    /** An order in German ends its clause with an infinitive, which is written small, and has no verb but that one. */
    private static final Pattern GERMAN_ORDER = Pattern.compile("(?<=^|[.:;,!?(\\n\u2013\u2014])"
            + "(?![^.;,!?\\n]*(?iu:\\b(?:ist|sind|war|waren|hat|hatte|hatten|wird|werden|wurde|wurden|würden?|kann|können|konnten?"
            + "|will|wollen|wollten?|muss|müssen|mussten?|braucht|brauchen|lässt|lassen|wir|ich|er|es|sich|weil|dass|wenn|ob|falls"
            + "|obwohl|damit|(?:die|das|der|welche) nicht)\\b))"
            + "[^.:;,!?\\n]*?(?iu:\\b(?:nicht|nie|niemals)) (?:[^\\s.:;,!?]+ ){0,4}?"
            + "(?!(?:morgen|oben|unten|wegen|gegen|neben|offen|selten|zusammen|ge[^\\s]{3,}en)\\b)\\p{Ll}[\\p{L}-]+(?:en|ern|eln)"
            + "(?=\\s*(?:$|[.:;,!?)\\n]))");

    /** One word at least of whatever names a freeze or a rule, by which the index finds it. */
    private static final Set<String> STRONG = terms(
            "freeze codefreeze frozen mustn forbidden prohibited allowed permitted"
                    + " limits nobody verboten untersagt gesperrt erlaubt gestattet darf dürfen eingefroren gel gelé gelée gelés gelées"
                    + " interdit interdite interdits interdites défense congelado congelada congelados congeladas congelación prohibido"
                    + " prohibida prohibidos prohibidas never nunca jamais niemals ",
            "冻结 凍結 封版 禁止 严禁 请勿 切勿 不要 不得 不准 不许 いで いけ なら いこ");

    /** One word at least of every other prohibition; most texts that have one forbid nothing. */
    private static final Set<String> WEAK = terms(
            "not don must may no one nicht nie kein keine keinen keinem keiner keines soll sollen sollte sollten ne pas",
            "");

    private ProhibitionWords() {}

    private static Pattern ofAnyCase(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Returns the terms of words, and pairs of characters as the index cuts Chinese and Japanese into them. */
    private static Set<String> terms(String words, String pairs) {
        Set<String> terms = new HashSet<>(Terms.of(words, List.of(), List.of()).content());
        terms.addAll(List.of(pairs.split(" ")));
        terms.remove("");
        return Set.copyOf(terms);
    }

    /** Returns sets of terms; the index has a term of one of them at least for each text that forbids something. */
    static List<Set<String>> terms() {
        return List.of(STRONG, WEAK);
    }

    /** Returns the places of a text at which it forbids or freezes something. */
    static Stream<MatchResult> places(String text) {
        return Stream.of(FREEZE, RULE, ORDER, GERMAN_ORDER)
                .flatMap(pattern -> pattern.matcher(text).results());
    }
}
