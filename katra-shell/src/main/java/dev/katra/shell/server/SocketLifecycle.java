package dev.katra.shell.server;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.Agent;
import dev.katra.shell.channel.OwnerSocketHandler;
import dev.katra.shell.channel.PrivateSocket;
import dev.katra.shell.console.Dispatcher;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.shell.core.command.CommandRegistry;

/** Opens the private socket once everything else is up, and closes it before anything else is closed. */
final class SocketLifecycle implements SmartLifecycle {

    private final KatraHome home;
    private final Agent agent;
    private final CommandRegistry registry;
    private final ServerIdentity identity;
    private @Nullable PrivateSocket socket;

    SocketLifecycle(KatraHome home, Agent agent, CommandRegistry registry, ServerIdentity identity) {
        this.home = home;
        this.agent = agent;
        this.registry = registry;
        this.identity = identity;
    }

    /** Opens it again if somebody has removed the socket. */
    synchronized void reopenIfRemoved() {
        if (socket != null && !Files.exists(home.socket())) {
            socket.reopen();
        }
    }

    @Override
    public synchronized void start() {
        socket = OwnerSocketHandler.open(
                home,
                new Dispatcher(registry, null, caller -> caller),
                caller -> agent.installation()
                        .find(caller.home(), caller.environment(), caller.folder())
                        .isPresent(),
                identity::file);
    }

    @Override
    public synchronized void stop() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return socket != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
