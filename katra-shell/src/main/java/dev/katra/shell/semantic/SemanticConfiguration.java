package dev.katra.shell.semantic;

import dev.katra.core.home.KatraHome;
import dev.katra.core.semantic.EmbeddingIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures semantic recall in the server. */
@Configuration(proxyBeanMethods = false)
public class SemanticConfiguration {

    @Bean
    SemanticSwitch semanticSwitch(KatraHome home, EmbeddingIndex index) {
        return new SemanticSwitch(home, index, Artifact.all(), null, E5Small::load);
    }
}
