package dev.katra.shell.server;

import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** The server as it is shipped, in this process. */
final class ShippedServer implements TestedServer {

    private final KatraHome home;
    private final HomeLock lock;
    private final ConfigurableApplicationContext context;

    private ShippedServer(KatraHome home) {
        this.home = home.create();
        this.lock = HomeLock.tryAcquire(home).orElseThrow();
        this.context = KatraServer.start(home, lock, 0, Map.of());
    }

    /** Starts it over the home in this folder, whose path is short. */
    static ShippedServer start(Path folder) {
        return new ShippedServer(new KatraHome(folder.resolve("home")));
    }

    @Override
    public KatraHome home() {
        return home;
    }

    @Override
    public URI uri() {
        return URI.create(context.getBean(ServerIdentity.class).file().uri());
    }

    @Override
    public long heldBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Override
    public void stop() {
        context.close();
        lock.close();
    }
}
