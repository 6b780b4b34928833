package dev.katra.core.turn;

import dev.katra.core.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the transcripts in which an agent keeps its conversations. It has no state and may be used by any thread. */
public interface TranscriptReader {

    /** Returns the folder with the transcripts of a user's conversations, below this home folder of the user. */
    Path folder(Path userHome);

    /**
     * Returns the files that are transcripts: all below a folder, or the one file.
     *
     * @throws Failure NOT_FOUND if there is no such path, UNAVAILABLE if it cannot be read
     */
    List<Path> files(Path path);

    /**
     * Hands in the turns of a transcript as it has them, oldest first. What is no turn, or cannot be understood, is left
     * out.
     *
     * @throws Failure UNAVAILABLE if it cannot be read
     */
    void read(Path transcript, Consumer<ImportedTurn> turns);

    /**
     * Returns what the model has said last in a conversation, in its last turn; empty if that is nothing, or if the path is
     * not one of a transcript. It reads the end of the file only.
     */
    Optional<String> saidLast(Path transcript);
}
