package dev.katra.shell.semantic;

import dev.katra.core.home.KatraHome;
import dev.katra.core.semantic.MeaningIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Semantic recall in the server. */
@Configuration(proxyBeanMethods = false)
public class SemanticConfiguration {

    @Bean
    SemanticSwitch semanticSwitch(KatraHome home, MeaningIndex index) {
        return new SemanticSwitch(home, index, Artifact.all(), null, E5Small::load);
    }
}
