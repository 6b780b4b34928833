package dev.katra.launcher.tmux;

import java.util.OptionalInt;

/**
 * Describes one pane of a tmux session, as tmux reports it. Names change, by hooks and by hand; the ids and the pid do
 * not.
 *
 * @param id the pane's id, such as {@code %5}
 * @param sessionId the session's id, such as {@code $3}
 * @param session the current name of its session
 * @param socket the path of the tmux server's socket
 * @param pid the pid of the program that was started in it
 * @param dead whether that program has ended; such a pane still shows its last lines
 * @param exitCode the program's exit code; empty unless the program has ended and no signal ended it
 * @param attached whether a client is attached to the session
 */
public record Pane(
        String id,
        String sessionId,
        String session,
        String socket,
        long pid,
        boolean dead,
        OptionalInt exitCode,
        boolean attached) {

    /** The format in which tmux prints a pane; a session's name holds no colon, and the path comes last. */
    static final String FORMAT = "#{pane_id}:#{session_id}:#{pane_pid}:#{pane_dead}:#{pane_dead_status}"
            + ":#{session_attached}:#{session_name}:#{socket_path}";

    private static final int FIELDS = 8;

    static Pane parse(String line) {
        String[] field = line.split(":", FIELDS);
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("not a pane: " + line);
        }
        boolean dead = "1".equals(field[3]);
        return new Pane(
                field[0],
                field[1],
                field[6],
                field[7],
                Long.parseLong(field[2]),
                dead,
                dead && !field[4].isEmpty() ? OptionalInt.of(Integer.parseInt(field[4])) : OptionalInt.empty(),
                !field[5].isEmpty() && !"0".equals(field[5]));
    }
}
