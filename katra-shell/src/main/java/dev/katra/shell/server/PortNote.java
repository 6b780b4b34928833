package dev.katra.shell.server;

import dev.katra.core.home.PrivateFiles;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A PortNote names the {@link PortHolder} that runs for a home, in which it is a file.
 *
 * @param process the holder
 * @param port the port that it holds
 */
record PortNote(LiveProcess process, int port) {

    private static final String NAME = "port-holder";

    static PortNote ofThisProcess(int port) {
        long pid = ProcessHandle.current().pid();
        return new PortNote(LiveProcess.of(pid).orElseThrow(), port);
    }

    /**
     * Reads the note of a holder that runs or may run, for this home only: a copy of the home has a copy of the note.
     *
     * @throws IOException if there is a note that cannot be read
     */
    static Optional<PortNote> read(Path home) throws IOException {
        try {
            List<String> lines = new String(Files.readAllBytes(home.resolve(NAME)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (lines.size() != 4 || !Path.of(lines.get(3)).equals(home.toRealPath())) {
                return Optional.empty();
            }
            LiveProcess process = new LiveProcess(Long.parseLong(lines.get(0)), lines.get(1));
            return Optional.of(new PortNote(process, Integer.parseInt(lines.get(2))))
                    .filter(note -> note.process().mayRun());
        } catch (NoSuchFileException | RuntimeException e) {
            return Optional.empty(); // there is none, or none that is whole
        }
    }

    /** Replaces the note in the home. */
    void write(Path home) throws IOException {
        PrivateFiles.write(
                home.resolve(NAME),
                process.pid() + "\n" + process.mark() + "\n" + port + "\n" + home.toRealPath() + "\n");
    }
}
