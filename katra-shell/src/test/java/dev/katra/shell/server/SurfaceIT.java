package dev.katra.shell.server;

import java.nio.file.Path;

/** What the server of the packaged program refuses. */
class SurfaceIT extends SurfaceCases {

    @Override
    TestedServer server(Path folder) throws Exception {
        return PackagedServer.start(folder);
    }
}
