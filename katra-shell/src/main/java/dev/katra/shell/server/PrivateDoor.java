package dev.katra.shell.server;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.claude.ClaudeBinary;
import dev.katra.shell.channel.OwnersCommands;
import dev.katra.shell.channel.PrivateSocket;
import dev.katra.shell.console.Dispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.shell.core.command.CommandRegistry;

/** Opens the private socket once everything else is up, and closes it before anything else is closed. */
final class PrivateDoor implements SmartLifecycle {

    private final KatraHome home;
    private final CommandRegistry registry;
    private final ServerIdentity identity;
    private @Nullable PrivateSocket socket;

    PrivateDoor(KatraHome home, CommandRegistry registry, ServerIdentity identity) {
        this.home = home;
        this.registry = registry;
        this.identity = identity;
    }

    @Override
    public void start() {
        socket = OwnersCommands.open(
                home,
                new Dispatcher(registry, null, caller -> caller),
                caller -> ClaudeBinary.find(caller.home(), caller.environment(), caller.folder())
                        .isPresent(),
                identity::file);
    }

    @Override
    public void stop() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public boolean isRunning() {
        return socket != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
