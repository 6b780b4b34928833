package dev.katra.shell.console;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** Registers every bean method marked {@code @Command}, without making the beans. */
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
        };
    }
}
