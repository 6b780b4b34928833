package dev.katra.shell.transfer;

import dev.katra.core.memory.MemoryAuthor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the memories that the agent keeps by itself, outside Katra. */
public interface AgentMemory {

    /** Returns the format's name, as {@code --from} takes it. */
    String format();

    /** Returns the folder in which the agent keeps its memories, below this home folder of a user. */
    Path folder(Path userHome);

    /**
     * Returns all files of memory: those of a configuration, of a project's memory, or the one file.
     *
     * @throws dev.katra.core.failure.Failure UNAVAILABLE if they cannot be read
     */
    List<MemoryFile> files(Path path);

    /** Reads the memories of a text into a batch. */
    void read(MemoryText text, MemoryAuthor author, ImportBatch batch);

    /** A MemoryFile is a file of memory, and the folder of its project if that is known. */
    record MemoryFile(Path path, @Nullable String project) {}

    /**
     * Holds the text of a file of memory.
     *
     * @param name the name of the file, for messages
     * @param at the time at which it was changed
     * @param project the folder of its project; null if that is not known
     */
    record MemoryText(
            String name, String text, Instant at, @Nullable String project) {}
}
