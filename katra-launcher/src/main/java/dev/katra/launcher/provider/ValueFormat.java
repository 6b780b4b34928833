package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Judge;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.usage.Prices;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the format of a setting's value. */
enum ValueFormat {
    URL("an http or https URL without user, query and fragment"),
    PROTOCOL("one of " + ExternallyNamed.list(Protocol.class)),
    ROUTE("one of " + ExternallyNamed.list(Route.class)),
    AUTH("one of " + ExternallyNamed.list(Auth.class)),
    VARIABLE("the name of an environment variable"),
    COUNT("a whole number from 1 to 999999999"),
    QUIRKS("a list of quirks, separated by commas"),
    EFFORTS("a list of efforts, separated by commas"),
    JUDGE("one of model, model NAME, rules, ask, endpoint"),
    PRICES("a list of prices, separated by commas"),
    DATE("a date, written year-month-day: 2026-11-30"),
    PAGE("the http or https address of a page"),
    FALLBACK("a list of providers, separated by commas, or none"),
    TEXT("text");

    private static final int FIRST_YEAR = 2000;
    private static final Set<String> WEB = Set.of("http", "https");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_-]+(\\s*,\\s*[A-Za-z0-9_-]+)*");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final String expectation;

    ValueFormat(String expectation) {
        this.expectation = expectation;
    }

    /** Returns what a value must be, as the end of the sentence "… is not". */
    String expectation() {
        return expectation;
    }

    boolean accepts(String value) {
        return switch (this) {
            case URL -> isUrl(value);
            case PROTOCOL -> ExternallyNamed.find(Protocol.class, value).isPresent();
            case ROUTE -> ExternallyNamed.find(Route.class, value).isPresent();
            case AUTH -> ExternallyNamed.find(Auth.class, value).isPresent();
            case VARIABLE -> NAME.matcher(value).matches();
            case COUNT -> NUMBER.matcher(value).matches();
            case QUIRKS, EFFORTS, PRICES, JUDGE -> refusal(value).isEmpty();
            case FALLBACK -> IDS.matcher(value).matches();
            case DATE -> isDate(value);
            case PAGE -> isPage(value);
            case TEXT -> true;
        };
    }

    /**
     * Returns what to write instead of a value that is not accepted, without repeating the value; empty if {@link
     * #expectation} says everything.
     */
    Optional<String> hintFor(String value) {
        return refusal(value).flatMap(Failure::hint).map(hint -> closestWord(value)
                .map(near -> "did you mean " + near + "? " + hint)
                .orElse(hint));
    }

    private Optional<Failure> refusal(String value) {
        try {
            switch (this) {
                case QUIRKS -> Quirks.parse(value, "");
                case EFFORTS -> Quirks.parse("", value);
                case PRICES -> Prices.parse(value);
                case JUDGE -> Judge.parse(value);
                default -> {}
            }
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }

    /** Returns the known word closest to the first unknown one of a list. */
    private Optional<String> closestWord(String value) {
        Set<String> words =
                switch (this) {
                    case QUIRKS ->
                        Arrays.stream(Quirk.values()).map(Quirk::externalName).collect(Collectors.toSet());
                    case EFFORTS ->
                        Arrays.stream(Effort.values()).map(Effort::externalName).collect(Collectors.toSet());
                    default -> Set.of();
                };
        return Arrays.stream(value.split(","))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !words.contains(word))
                .flatMap(word -> Closest.to(word, words).stream())
                .findFirst();
    }

    private static boolean isDate(String value) {
        try {
            return LocalDate.parse(value).getYear() >= FIRST_YEAR;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isPage(String value) {
        try {
            URI uri = new URI(value);
            return uri.getScheme() != null
                    && WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUrl(String value) {
        try {
            URI uri = new URI(value);
            if (uri.getScheme() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                return false;
            }
            String authority = uri.getRawAuthority();
            if (Endpoints.isOnKatra(value)) {
                return authority == null
                        && uri.getRawPath() != null
                        && uri.getRawPath().startsWith("/");
            }
            return WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && authority != null
                    && !authority.contains("@");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
