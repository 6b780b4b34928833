package dev.katra.launcher;

import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.launcher.process.LocalProcesses;
import dev.katra.launcher.process.Processes;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The launcher's beans, made when they are asked for: a command line without a store asks for few of them. */
@Configuration(proxyBeanMethods = false)
@Lazy
public class LauncherConfiguration {

    @Bean
    Processes processes() {
        return new LocalProcesses();
    }

    @Bean
    SessionEnds sessionEnds(KatraHome home, SessionService sessions, Processes processes, Clock clock) {
        return new SessionEnds(home, sessions, processes, clock);
    }

    @Bean
    Launcher launcher(
            KatraHome home,
            ServerAddress server,
            SessionService sessions,
            SessionWatch watch,
            PersonaService personas,
            Processes processes,
            SessionEnds ends) {
        return new Launcher(home, server, sessions, personas, processes, new Arrival(sessions, watch), ends);
    }
}
