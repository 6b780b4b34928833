package dev.katra.launcher.claude;

import dev.katra.launcher.agent.AgentLaunch;
import dev.katra.launcher.agent.AgentSession;
import dev.katra.launcher.agent.AgentSettings;
import dev.katra.launcher.agent.PreparedLaunch;
import dev.katra.launcher.agent.SessionSite;
import dev.katra.launcher.claude.environment.SessionEnvironments;
import dev.katra.launcher.claude.settings.ClaudeSettings;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session of Claude Code that is yet to be launched.
 *
 * @param user the arguments that the user passes on
 */
record ClaudeSession(UserArguments user) implements AgentSession {

    @Override
    public boolean answersOnePrompt() {
        return user.isPrintMode();
    }

    @Override
    public AgentSettings settings(SessionEnvironment environment, SessionSite site) {
        Map<String, String> variables = new LinkedHashMap<>(environment.asMap());
        String persona = site.isolatedPersona();
        if (persona != null) {
            variables.put(
                    IsolatedConfig.VARIABLE,
                    IsolatedConfig.folder(site.home(), persona).toString());
        }
        return new EffectiveSettings(ClaudeSettings.of(variables, site.folder()), user.options());
    }

    @Override
    public PreparedLaunch prepare(AgentLaunch launch) {
        SessionSite site = launch.site();
        Map<String, String> variables = variables(launch.environment(), site);
        ClaudeSettings settings = ClaudeSettings.of(variables, site.folder());
        Map<String, String> ofSettings = new LinkedHashMap<>(settings.noProxy(variables));
        if (launch.environment().route() != Route.GATEWAY
                && !UsageReporting.isUsersOwn(variables, settings, user.settingVariables(site.folder()))) {
            ofSettings.putAll(UsageReporting.settings(site.server()));
            UsageReporting.addToken(variables);
        }
        ClaudeArguments arguments = new ClaudeArguments(
                launch.program(),
                launch.conversation(),
                launch.briefing(),
                launch.environment().model(),
                ClaudeFiles.write(
                        launch.files(),
                        site.server(),
                        user,
                        site.folder(),
                        SessionEnvironments.unsupportedTools(launch.environment()),
                        ofSettings),
                user);
        return new PreparedLaunch(
                variables, arguments.argv(), ClaudeConversations.configuration(variables, site.folder()));
    }

    private static Map<String, String> variables(SessionEnvironment environment, SessionSite site) {
        Map<String, String> variables = new LinkedHashMap<>(environment.asMap());
        String persona = site.isolatedPersona();
        if (persona != null) {
            Path folder =
                    IsolatedConfig.prepare(site.home(), persona, site.folder(), variables.get("ANTHROPIC_API_KEY"));
            variables.put(IsolatedConfig.VARIABLE, folder.toString());
        }
        return variables;
    }
}
