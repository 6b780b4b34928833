package dev.katra.core.usage;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers which turns of the live sessions mail has started, so that what they use is told apart from what a person has
 * asked for. A restart of the server forgets it, and what a turn uses that runs then counts as a person's.
 */
@Component
public class PromptOrigins {

    /** The number of prompts of a session that are remembered; what is reported late belongs to one of the last. */
    private static final int MAX_PROMPTS = 64;

    private final SessionScoped<Prompts> prompts;

    PromptOrigins(SessionWatch watch) {
        this.prompts = new SessionScoped<>(watch);
    }

    /**
     * Notes that a turn begins.
     *
     * @param promptId the client's id of its prompt
     * @param automatic whether mail has started it, and no person
     */
    public void begin(long session, String promptId, boolean automatic) {
        prompts.computeIfAbsent(session, Prompts::new).begin(promptId, automatic);
    }

    /** Returns whether mail has started the turn that runs now, or if none runs, the last one. */
    public boolean runsNow(long session) {
        Prompts known = prompts.get(session);
        return known != null && known.last();
    }

    /** Returns whether mail has started the turn of this prompt; null for a prompt that is not known. */
    boolean isAutomatic(long session, @Nullable String promptId) {
        Prompts known = prompts.get(session);
        return known != null && promptId != null && known.contains(promptId);
    }

    private static final class Prompts {

        private final Set<String> automatic = new LinkedHashSet<>();
        private boolean lastIsAutomatic;

        synchronized void begin(String promptId, boolean isAutomatic) {
            lastIsAutomatic = isAutomatic;
            if (isAutomatic) {
                automatic.add(promptId);
                if (automatic.size() > MAX_PROMPTS) {
                    automatic.remove(automatic.iterator().next());
                }
            }
        }

        synchronized boolean last() {
            return lastIsAutomatic;
        }

        synchronized boolean contains(String promptId) {
            return automatic.contains(promptId);
        }
    }
}
