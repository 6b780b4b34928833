package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialogTests {

    @Test
    void recognisesTheTrustDialog() {
        assertThat(Dialog.on("""
                 Accessing workspace:
                 /work
                 ❯ No, exit
                   Yes, I trust this folder
                 Enter to confirm · Esc to cancel
                """)).contains(Dialog.TRUST);
    }

    @Test
    void lineBreaksOfANarrowScreenDoNotMatter() {
        assertThat(Dialog.on("""
                  Detected a custom API key in your
                  environment
                  ❯ No (recommended)
                """)).contains(Dialog.API_KEY);
    }

    @Test
    void tellsOneServerFromSeveral() {
        assertThat(Dialog.on("  New MCP server found in this project: x\n")).contains(Dialog.PROJECT_MCP_SERVER);
        assertThat(Dialog.on("  2 new MCP servers found in this project\n")).contains(Dialog.PROJECT_MCP_SERVERS);
    }

    @Test
    void aSessionThatWaitsForItsPromptShowsNone() {
        assertThat(Dialog.on("""
                ▎ Auto mode is now Claude Code's default permission mode.
                ────────
                ❯
                ────────
                  ⏵⏵ auto mode on (shift+tab to cycle)
                """)).isEmpty();
        assertThat(Dialog.on("")).isEmpty();
    }
}
