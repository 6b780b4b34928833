package dev.katra.shell.transfer;

/** The default author owns the memories that name no author. */
public record DefaultAuthor(String name, boolean human) {

    /** Returns the uid of the author's memory with this content, which is the same whenever it is imported. */
    public String uid(String content) {
        return MemoryJson.uid(name, content);
    }
}
