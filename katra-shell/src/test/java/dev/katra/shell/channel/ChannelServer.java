package dev.katra.shell.channel;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.CommandConfiguration;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Version;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.CommandRegistry;

/** The server's end of the channel on the home's socket, with test commands. */
final class ChannelServer implements AutoCloseable {

    private final AnnotationConfigApplicationContext beans =
            new AnnotationConfigApplicationContext(CommandConfiguration.class, ChannelCommands.class);
    private final ChannelCommands commands = beans.getBean(ChannelCommands.class);
    private final PrivateSocket socket;

    ChannelServer(KatraHome home) {
        socket = OwnerSocketHandler.open(
                home,
                new Dispatcher(beans.getBean(CommandRegistry.class), null, caller -> caller),
                caller -> !caller.variable("KATRA_CLAUDE").isEmpty(),
                () -> Map.of("pid", 1, "startedAt", 1, "port", 1, "version", Version.current()));
    }

    void listenAnew() {
        socket.reopen();
    }

    ChannelCommands commands() {
        return commands;
    }

    @Override
    public void close() {
        socket.close();
        commands.mayGoOn.countDown();
        beans.close();
    }
}
