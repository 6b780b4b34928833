package dev.katra.gateway.failure;

import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises that an endpoint refuses a request for the length of the answer that it allows and not for its prompt:
 * because the model never answers at such length, or because prompt and answer are counted together.
 */
public final class OutputLimit {

    /** The fewest tokens that make an answer useful; where fewer are left, the prompt is too long. */
    public static final int MIN_USEFUL = 2_048;

    /** The maximum number of tokens to try where an endpoint refuses a limit and does not say which it takes. */
    private static final int FALLBACK_LIMIT = 8_192;

    private static final Pattern NAMED = Pattern.compile("max_?(?:completion_?|output_?|new_?)?tokens|maximum tokens"
            + "|maximum number of (?:completion |output )?tokens|(?:completion|output) tokens");
    private static final Pattern COMPLAINED = Pattern.compile(
            "too (?:large|high|big|many|long)|exceed|at most|less than"
                    + "|greater than|larger than|smaller|range|must be|maximum (?:allowed|value|is)|not? more than|up to|limit");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.-])([0-9][0-9,]*)(?![\\w.-]*[a-z_])( \\(exclusive\\))?");
    private static final Pattern PROMPT =
            Pattern.compile("([0-9][0-9,]*) (?:tokens )?(?:in (?:the|your) (?:messages?|prompt"
                    + "|functions?|tools?|input)|of (?:text|tool|image|audio|file)s? input|from the input|(?:input|prompt) tokens"
                    + "|`inputs` tokens)");
    private static final Pattern SUM = Pattern.compile("([0-9][0-9,]*) \\+ ([0-9][0-9,]*) > ([0-9][0-9,]*)");
    private static final Pattern TOTAL =
            Pattern.compile("requested (?:a total of |about |token count )?([0-9][0-9,]*)");
    private static final Pattern RATE = Pattern.compile("limit:? ([0-9][0-9,]*)[,;.]? +requested:? ([0-9][0-9,]*)");

    private OutputLimit() {}

    /**
     * Returns the target with a limit below the one that was refused, as the response shows it; empty if the response
     * is about something else, or if no useful answer would fit.
     *
     * @param asked the limit that the request had, 0 if it had none
     * @param estimate the estimated number of tokens of the prompt
     */
    public static Optional<Target> learn(ErrorResponse refusal, Target target, int asked, long estimate) {
        if (asked <= MIN_USEFUL || !(hasPossibleStatus(refusal) || rate(refusal).isPresent())) {
            return Optional.empty();
        }
        Optional<SharedTokens> shared = sharedTokens(refusal, asked, estimate);
        if (shared.isPresent()) {
            long left = shared.get().window - shared.get().prompt;
            var room = new Target.SharedWindow(shared.get().window, shared.get().prompt - estimate);
            return left < MIN_USEFUL || left >= asked || room.equals(target.sharedWindow())
                    ? Optional.empty()
                    : Optional.of(target.with(room));
        }
        OptionalInt most = acceptedLimit(refusal, asked);
        return most.isPresent() ? Optional.of(target.withMaxOutput(most.getAsInt())) : Optional.empty();
    }

    /** Returns whether the response is about the limit of the answer alone, whatever the prompt. */
    static boolean matches(ErrorResponse refusal) {
        String words = words(refusal);
        return hasPossibleStatus(refusal)
                && (refusal.parameter().startsWith("max_")
                        || (NAMED.matcher(words).find()
                                && COMPLAINED.matcher(words).find()))
                && sharedTokens(refusal, 0, 0).isEmpty()
                && !ContextOverflow.mentionsOverflow(refusal);
    }

    /**
     * Returns the limit per minute that this single request exceeds, so that waiting does not help; otherwise empty.
     */
    static Optional<Rate> rate(ErrorResponse refusal) {
        Matcher matcher = RATE.matcher(words(refusal));
        boolean possible = refusal.status() == 429 || refusal.status() == 413;
        if (!possible || !matcher.find()) {
            return Optional.empty();
        }
        var rate = new Rate(number(matcher.group(1)), number(matcher.group(2)));
        return rate.requested > rate.limit ? Optional.of(rate) : Optional.empty();
    }

    /** A Rate holds a limit of tokens per minute, and the tokens of one request. */
    record Rate(long limit, long requested) {}

    /** A SharedTokens holds the size of a window for prompt and answer together, and the tokens of the prompt in it. */
    private record SharedTokens(long window, long prompt) {}

    private static boolean hasPossibleStatus(ErrorResponse refusal) {
        return refusal.status() == 400 || refusal.status() == 413 || refusal.status() == 422;
    }

    private static Optional<SharedTokens> sharedTokens(ErrorResponse refusal, int asked, long estimate) {
        String words = words(refusal);
        Matcher sum = SUM.matcher(words);
        if (sum.find()) {
            return Optional.of(new SharedTokens(number(sum.group(3)), number(sum.group(1))));
        }
        Optional<Rate> rate = rate(refusal);
        if (rate.isPresent()) {
            return asked > 0 && rate.get().requested > asked
                    ? Optional.of(new SharedTokens(rate.get().limit, rate.get().requested - asked))
                    : Optional.empty();
        }
        OptionalLong window = ContextOverflow.maximum(refusal);
        OptionalLong prompt = prompt(words);
        if (prompt.isPresent()) {
            return Optional.of(new SharedTokens(window.orElse(prompt.getAsLong() + asked / 2), prompt.getAsLong()));
        }
        if (window.isEmpty() || asked == 0) {
            return Optional.empty();
        }
        Matcher total = TOTAL.matcher(words);
        if (total.find() && number(total.group(1)) > asked) {
            return Optional.of(new SharedTokens(window.getAsLong(), number(total.group(1)) - asked));
        }
        boolean answers =
                refusal.parameter().startsWith("max_") || NAMED.matcher(words).find();
        return answers && ContextOverflow.mentionsOverflow(refusal)
                ? Optional.of(new SharedTokens(window.getAsLong(), estimate))
                : Optional.empty();
    }

    /** Returns the tokens of the prompt, where the endpoint counts prompt and answer separately. */
    private static OptionalLong prompt(String words) {
        Matcher part = PROMPT.matcher(words);
        long sum = 0;
        while (part.find()) {
            sum += number(part.group(1));
        }
        return sum > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static OptionalInt acceptedLimit(ErrorResponse refusal, int asked) {
        String words = words(refusal);
        if (!matches(refusal)) {
            return OptionalInt.empty();
        }
        List<Long> smaller = new ArrayList<>();
        Matcher number = NUMBER.matcher(words);
        while (number.find()) {
            long value = number(number.group(1)) - (number.group(2) == null ? 0 : 1);
            if (value < asked && value >= 256) {
                smaller.add(value);
            }
        }
        long most =
                smaller.stream().mapToLong(Long::longValue).max().orElse(asked > FALLBACK_LIMIT ? FALLBACK_LIMIT : 0);
        return most > 0 ? OptionalInt.of((int) most) : OptionalInt.empty();
    }

    private static String words(ErrorResponse refusal) {
        return refusal.message().toLowerCase(Locale.ROOT);
    }

    private static long number(String digits) {
        String plain = digits.replace(",", "");
        return plain.length() > 12 ? Long.MAX_VALUE : Long.parseLong(plain);
    }
}
