package dev.katra.core.secret;

import dev.katra.core.failure.Failure;
import dev.katra.core.secret.SecretScanner.MaskResult;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps keys and tokens out of what is stored, as {@link SecretSettings} say. */
@Component
public class SecretGuard {

    private final SecretSettings settings;

    SecretGuard(SecretSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the text as it may be stored.
     *
     * @param what the noun for it in the failure, such as "message"
     * @throws Failure INVALID if it has a secret and secrets are refused
     */
    public String storable(String what, String text) {
        MaskResult masked = mask(text);
        if (settings.secrets() == SecretSettings.Handling.REFUSE
                && !masked.kinds().isEmpty()) {
            throw Failure.invalid("the " + what + " has a secret in it: " + masked.summary())
                    .hint("leave it out, and say where it can be found");
        }
        return masked.text();
    }

    /**
     * Returns the names of the secrets that are masked when these texts are stored, in one line; empty if there are none.
     */
    public String maskedIn(List<String> texts) {
        if (settings.secrets() != SecretSettings.Handling.MASK) {
            return "";
        }
        List<String> kinds =
                texts.stream().flatMap(text -> mask(text).kinds().stream()).toList();
        return new MaskResult("", kinds).summary();
    }

    private MaskResult mask(String text) {
        return settings.secrets() == SecretSettings.Handling.KEEP
                ? new MaskResult(text, List.of())
                : SecretScanner.mask(text);
    }
}
