package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.provider.ProviderLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated input at the shipped server in this process, and at its configuration. */
class FuzzTests extends FuzzCases {

    FuzzTests() {
        super(1000);
    }

    @Override
    TestedServer server(Path folder) {
        return ShippedServer.start(folder);
    }

    @Test
    void theFileOfProviders(@TempDir Path folder) throws Exception {
        Mutations files = new Mutations(List.of("""
                ACME_ENDPOINT=https://api.acme.test/v1
                ACME_FORMAT=openai-chat
                ACME_KEY_VARIABLE=ACME_API_KEY
                ACME_MODEL="acme 1" # the newest
                export ACME_CONTEXT_TOKENS=100000
                ACME_PRICES='1 2 3'
                """, """
                # mine
                DEEPSEEK_QUIRKS=no-documents
                DEEPSEEK_JUDGE=rules
                ANTHROPIC_MODEL=claude-x
                """));
        judge(files, number -> {
            Path own = folder.resolve("providers-" + Thread.currentThread().getName());
            KatraHome mine = new KatraHome(own).create();
            Files.write(mine.providers(), files.text(number));
            try {
                ProviderLoader.load(mine, Map.of());
                return new Answered(200, "");
            } catch (Failure e) {
                return new Answered(400, e.text() + e.hint().orElse(""));
            }
        });
    }
}
