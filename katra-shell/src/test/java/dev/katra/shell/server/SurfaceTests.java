package dev.katra.shell.server;

import java.nio.file.Path;

/** What the shipped server refuses, in this process. */
class SurfaceTests extends SurfaceCases {

    @Override
    TestedServer server(Path folder) {
        return ShippedServer.start(folder);
    }
}
