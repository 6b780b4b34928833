package dev.katra.mcp.tool;

import java.util.Map;

/** Names the metadata that the client of sessions adds to MCP's messages, and reads in them. */
public interface ClientMetadata {

    /** Returns the metadata of the program's client, which names itself in {@code META-INF/services}. */
    static ClientMetadata installed() {
        return InstalledMetadata.INSTALLED;
    }

    /** Returns the key under which the client names its call, in the metadata of a request. */
    String callIdKey();

    /** Returns the metadata by which a tool tells the client that its answers may be long. */
    Map<String, Object> ofLongAnswers();
}
