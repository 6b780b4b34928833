package dev.katra.shell.server;

import dev.katra.shell.Version;
import java.time.Instant;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** Which server this is. */
public final class ServerIdentity {

    private final WebServerApplicationContext context;

    ServerIdentity(WebServerApplicationContext context) {
        this.context = context;
    }

    /** As it stands in the home. The port is known once the web server is up. */
    public ServerFile file() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElse(Instant.EPOCH);
        var web = context.getWebServer();
        return new ServerFile(self.pid(), started.toEpochMilli(), web == null ? 0 : web.getPort(), Version.current());
    }
}
