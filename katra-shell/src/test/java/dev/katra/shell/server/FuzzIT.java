package dev.katra.shell.server;

import java.nio.file.Path;

/** Mutated input at the server of the packaged program. */
class FuzzIT extends FuzzCases {

    FuzzIT() {
        super(300);
    }

    @Override
    TestedServer server(Path folder) throws Exception {
        return PackagedServer.start(folder);
    }
}
