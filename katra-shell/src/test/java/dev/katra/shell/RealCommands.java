package dev.katra.shell;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.CommandRegistry;

/** The program's own commands, for tests in other packages. */
public final class RealCommands implements AutoCloseable {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(CommandLineApplication.class);

    /** All of them. */
    public CommandRegistry registry() {
        return context.getBean(CommandRegistry.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
