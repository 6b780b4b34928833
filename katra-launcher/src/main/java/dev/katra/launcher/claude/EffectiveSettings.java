package dev.katra.launcher.claude;

import dev.katra.core.contract.SessionContract;
import dev.katra.launcher.agent.AgentLogin;
import dev.katra.launcher.agent.AgentSettings;
import dev.katra.launcher.agent.Restriction;
import dev.katra.launcher.claude.settings.ClaudeLogin;
import dev.katra.launcher.claude.settings.ClaudeSettings;
import dev.katra.launcher.claude.settings.Restrictions;
import java.net.URI;
import java.util.List;

/**
 * Tells what the settings files of Claude Code mean for a session.
 *
 * @param options the arguments that the user passes on to the client unchanged
 */
record EffectiveSettings(ClaudeSettings files, List<String> options) implements AgentSettings {

    @Override
    public List<Restriction> restrictions(URI server) {
        return Restrictions.of(files, server, SessionContract.MCP_SERVER, SessionContract.TOKEN_VARIABLE, options);
    }

    @Override
    public AgentLogin login() {
        return ClaudeLogin.of(files);
    }
}
