package dev.katra.shell.server;

import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.console.Version;
import java.time.Instant;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** Says which server this is. */
public final class ServerIdentity {

    private final WebServerApplicationContext context;

    ServerIdentity(WebServerApplicationContext context) {
        this.context = context;
    }

    /**
     * Returns what the home is to know of this server. The port is known once the web server is up; before that it is
     * 0.
     */
    public ServerFile file() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElse(Instant.EPOCH);
        String mark = LiveProcess.of(self.pid()).map(LiveProcess::mark).orElse(null);
        var web = context.getWebServer();
        return new ServerFile(
                self.pid(), started.toEpochMilli(), mark, web == null ? 0 : web.getPort(), Version.current());
    }
}
