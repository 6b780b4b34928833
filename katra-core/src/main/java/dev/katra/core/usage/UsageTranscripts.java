package dev.katra.core.usage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads the requests of a session from the transcripts that its client writes. */
public interface UsageTranscripts {

    /** Returns the transcript itself and those of its sub-agents that exist. */
    List<Path> family(Path transcript);

    /**
     * Reads the whole lines of a transcript that begin at a position.
     *
     * @param requests takes each request that the lines tell of; one may come more than once
     * @return the position behind the last whole line, in bytes
     * @throws IOException if the file cannot be read
     */
    long read(Path transcript, long position, Consumer<ReportedRequest> requests) throws IOException;
}
