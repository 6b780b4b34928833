package dev.katra.shell.console;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** Registers every bean method annotated {@code @Command}, without creating the beans. */
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {

    @Bean
    CommandRegistry commandRegistry(DefaultListableBeanFactory beans) {
        Set<Command> commands = new HashSet<>();
        for (String bean : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(bean, false);
            if (type == null || !type.getName().startsWith("dev.katra.shell.")) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(org.springframework.shell.core.command.annotation.Command.class)) {
                    commands.add(new CallerCommand(method, () -> beans.getBean(bean)));
                }
            }
        }
        return new CommandRegistry(commands) {
            @Override
            public void afterSingletonsInstantiated() {
                // All commands are here; looking for beans of type Command would make every bean.
            }

            /**
             * Returns the command of this name. Unlike in Spring Shell (4.0.1), a hidden command runs too; it is only
             * not shown.
             */
            @Override
            public @Nullable Command getCommandByName(String name) {
                return commands.stream()
                        .filter(command -> command.getName().equals(name))
                        .findFirst()
                        .orElse(null);
            }
        };
    }
}
