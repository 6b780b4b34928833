package dev.katra.shell.room;

import dev.katra.core.secret.SecretGuard;
import dev.katra.shell.console.Caller;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells a person which secrets of a text were not stored. */
@Component
public class MaskedNote {

    private final SecretGuard secrets;

    /** Creates the note from the server's settings of secrets. */
    public MaskedNote(SecretGuard secrets) {
        this.secrets = secrets;
    }

    /** Tells the caller what was masked in these texts, if anything was. */
    public void print(Caller caller, List<String> texts) {
        String words = secrets.maskedIn(texts);
        if (!words.isEmpty()) {
            caller.note("katra: masked, for secrets are not kept: " + words
                    + " (katra.secrets in server.properties changes that)");
        }
    }
}
