package dev.katra.launcher.tmux;

import java.util.OptionalInt;

/**
 * One pane of a tmux session, as tmux reports it.
 *
 * @param session the name of its session
 * @param pid the program that was started in it
 * @param dead whether that program ended; such a pane still shows its last lines
 * @param exitCode how it ended, if it is dead and no signal ended it
 * @param attached whether somebody looks at the session
 */
public record Pane(String session, long pid, boolean dead, OptionalInt exitCode, boolean attached) {

    /** What tmux is asked to print for a pane; the name comes last and holds no colon. */
    static final String FORMAT = "#{pane_pid}:#{pane_dead}:#{pane_dead_status}:#{session_attached}:#{session_name}";

    private static final int FIELDS = 5;

    static Pane parse(String line) {
        String[] field = line.split(":", FIELDS);
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("not a pane: " + line);
        }
        boolean dead = "1".equals(field[1]);
        return new Pane(
                field[4],
                Long.parseLong(field[0]),
                dead,
                dead && !field[2].isEmpty() ? OptionalInt.of(Integer.parseInt(field[2])) : OptionalInt.empty(),
                !field[3].isEmpty() && !"0".equals(field[3]));
    }
}
