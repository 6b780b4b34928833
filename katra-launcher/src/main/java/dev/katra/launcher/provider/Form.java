package dev.katra.launcher.provider;

import dev.katra.core.upstream.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The form a setting's value must have. */
enum Form {
    URL("an http or https URL without user, query and fragment"),
    PROTOCOL("one of " + Words.list(Protocol.class)),
    ROUTE("one of " + Words.list(Route.class)),
    AUTH("one of " + Words.list(Auth.class)),
    VARIABLE("the name of an environment variable"),
    COUNT("a whole number from 1 to 999999999"),
    TEXT("text");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final String expects;

    Form(String expects) {
        this.expects = expects;
    }

    /** What a value must be, to finish the sentence "… is not". */
    String expects() {
        return expects;
    }

    boolean accepts(String value) {
        return switch (this) {
            case URL -> isUrl(value);
            case PROTOCOL -> Words.find(Protocol.class, value).isPresent();
            case ROUTE -> Words.find(Route.class, value).isPresent();
            case AUTH -> Words.find(Auth.class, value).isPresent();
            case VARIABLE -> NAME.matcher(value).matches();
            case COUNT -> NUMBER.matcher(value).matches();
            case TEXT -> true;
        };
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
            return Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && authority != null
                    && !authority.contains("@");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
