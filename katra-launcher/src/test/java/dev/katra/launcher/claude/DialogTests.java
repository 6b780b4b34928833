package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialogTests {

    @Test
    void recognisesTheTrustDialog() {
        assertThat(Dialog.shownOn("""
                 Accessing workspace:
                 /work
                 ❯ No, exit
                   Yes, I trust this folder
                 Enter to confirm · Esc to cancel
                """)).contains(Dialog.TRUST);
    }

    @Test
    void lineBreaksOfANarrowScreenDoNotMatter() {
        assertThat(Dialog.shownOn("""
                  Detected a custom API key in your
                  environment
                  ❯ No (recommended)
                """)).contains(Dialog.API_KEY);
    }

    @Test
    void tellsOneServerFromSeveral() {
        assertThat(Dialog.shownOn("  New MCP server found in this project: x\n"))
                .contains(Dialog.PROJECT_MCP_SERVER);
        assertThat(Dialog.shownOn("  2 new MCP servers found in this project\n"))
                .contains(Dialog.PROJECT_MCP_SERVERS);
    }

    @Test
    void aSessionThatWaitsForItsPromptShowsNone() {
        assertThat(Dialog.shownOn("""
                ▎ Auto mode is now Claude Code's default permission mode.
                ────────
                ❯
                ────────
                  ⏵⏵ auto mode on (shift+tab to cycle)
                """)).isEmpty();
        assertThat(Dialog.shownOn("")).isEmpty();
    }
}
