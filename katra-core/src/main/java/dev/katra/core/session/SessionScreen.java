package dev.katra.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says where a session's screen is.
 *
 * @param tmuxSession the name of the tmux session, for {@link Place#TMUX}
 * @param tmuxSocket the path of the tmux server's socket, for {@link Place#TMUX}
 */
public record SessionScreen(
        Place place, @Nullable String tmuxSession, @Nullable String tmuxSocket) {

    public SessionScreen {
        Objects.requireNonNull(place, "place is null");
    }
}
