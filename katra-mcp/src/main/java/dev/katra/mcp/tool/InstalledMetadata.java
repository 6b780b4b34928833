package dev.katra.mcp.tool;

import java.util.ServiceLoader;

/** Finds the metadata of the program's client once. */
final class InstalledMetadata {

    static final ClientMetadata INSTALLED = ServiceLoader.load(
                    ClientMetadata.class, ClientMetadata.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the program knows no client"));

    private InstalledMetadata() {}
}
