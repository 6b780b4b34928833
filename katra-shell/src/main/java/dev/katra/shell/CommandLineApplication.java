package dev.katra.shell;

import dev.katra.launcher.LauncherConfiguration;
import dev.katra.shell.console.CommandsConfiguration;
import dev.katra.shell.server.ServerStarter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures a command line's own process: it holds the commands and the launcher's beans, without store and web
 * server.
 */
@Configuration(proxyBeanMethods = false)
@Import({CommandsConfiguration.class, LauncherConfiguration.class})
class CommandLineApplication {

    @Bean
    ServerStarter serverStarter() {
        return new ServerStarter();
    }

    /**
     * Returns an empty message source. Spring's own would load the JDK's data of all the world's languages, a tenth of
     * a short command's time.
     */
    @Bean
    MessageSource messageSource() {
        return new EmptyMessageSource();
    }

    private static final class EmptyMessageSource implements MessageSource {

        @Override
        public @Nullable String getMessage(
                String code, Object @Nullable [] words, @Nullable String usual, @Nullable Locale locale) {
            return usual;
        }

        @Override
        public String getMessage(String code, Object @Nullable [] words, @Nullable Locale locale) {
            throw new NoSuchMessageException(code);
        }

        @Override
        public String getMessage(MessageSourceResolvable message, @Nullable Locale locale) {
            throw new NoSuchMessageException(message.toString());
        }
    }
}
