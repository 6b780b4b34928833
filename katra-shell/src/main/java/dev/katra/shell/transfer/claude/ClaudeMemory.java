package dev.katra.shell.transfer.claude;

import dev.katra.core.memory.MemoryAuthor;
import dev.katra.shell.transfer.AgentMemory;
import dev.katra.shell.transfer.ImportBatch;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the memories that Claude Code keeps. */
@Component
public final class ClaudeMemory implements AgentMemory {

    @Override
    public String format() {
        return "claude";
    }

    @Override
    public Path folder(Path userHome) {
        return userHome.resolve(".claude");
    }

    @Override
    public List<MemoryFile> files(Path path) {
        return ClaudeFolder.files(path);
    }

    @Override
    public void read(MemoryText text, MemoryAuthor author, ImportBatch batch) {
        new ClaudeMemoryReader(author, batch).read(text);
    }
}
