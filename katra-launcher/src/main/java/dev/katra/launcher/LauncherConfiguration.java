package dev.katra.launcher;

import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.turn.TranscriptReader;
import dev.katra.core.usage.UsageTranscripts;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.Agents;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessRunner;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Defines the launcher's beans. They are lazy, because a command line without a store asks for few of them. */
@Configuration(proxyBeanMethods = false)
@Lazy
public class LauncherConfiguration {

    @Bean
    ProcessRunner processes() {
        return new LocalProcessRunner();
    }

    @Bean
    Agent agent() {
        return Agents.standard();
    }

    @Bean
    TranscriptReader transcripts(Agent agent) {
        return agent.transcripts();
    }

    @Bean
    UsageTranscripts usageTranscripts(Agent agent) {
        return agent.usageTranscripts();
    }

    @Bean
    SessionTerminator sessionEnds(KatraHome home, SessionService sessions, ProcessRunner processes, Clock clock) {
        return new SessionTerminator(home, sessions, processes, clock);
    }

    @Bean
    Launcher launcher(
            Agent agent,
            KatraHome home,
            ServerAddress server,
            SessionService sessions,
            SessionWatch watch,
            PersonaService personas,
            ProcessRunner processes,
            SessionTerminator ends,
            Clock clock) {
        return new Launcher(
                agent,
                home,
                server,
                sessions,
                personas,
                processes,
                new StartAwaiter(agent, sessions, watch),
                ends,
                new ClientWatch(agent, sessions, clock));
    }
}
