package dev.katra.core.overview;

import dev.katra.core.persona.Persona;
import dev.katra.core.session.ActiveFallbacks.ActiveFallback;
import dev.katra.core.session.Session;
import dev.katra.core.usage.Usage;
import dev.katra.core.wake.WakeBudget;
import org.jspecify.annotations.Nullable;

/**
 * Shows a live session with what other services know of it.
 *
 * @param unread the number of messages that its persona has not received
 * @param permissionMode in which its client works, in the client's word; null until it has reported one
 * @param unreachable true if mail is to wake it and cannot
 * @param fallback who answers in place of its own provider now; null if that answers itself
 */
public record SessionOverview(
        Session session,
        Persona persona,
        int unread,
        @Nullable String permissionMode,
        WakeBudget turns,
        boolean unreachable,
        @Nullable ActiveFallback fallback,
        Usage usage) {}
