package dev.katra.launcher.claude;

import dev.katra.core.home.KatraHome;
import dev.katra.core.turn.TranscriptReader;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.usage.UsageTranscripts;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentConversations;
import dev.katra.launcher.agent.AgentInstallation;
import dev.katra.launcher.agent.AgentSession;
import dev.katra.launcher.agent.AgentSettings;
import dev.katra.launcher.agent.AgentStatus;
import dev.katra.launcher.claude.environment.SessionEnvironments;
import dev.katra.launcher.claude.settings.ClaudeSettings;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.ProviderCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agent Claude Code. */
public final class ClaudeCode implements Agent {

    private final AgentInstallation installation = new ClaudeInstallation();
    private final TranscriptReader transcripts = new ClaudeTranscripts();
    private final UsageTranscripts usageTranscripts = new TranscriptUsage();

    @Override
    public String displayName() {
        return "Claude Code";
    }

    @Override
    public String shortName() {
        return "Claude";
    }

    @Override
    public String command() {
        return "claude";
    }

    @Override
    public String instructionsFile() {
        return "CLAUDE.md";
    }

    @Override
    public String userFolder() {
        return "~/.claude";
    }

    @Override
    public boolean isReserved(String variable) {
        return variable.equals(SessionEnvironments.MANAGED_BY_HOST);
    }

    @Override
    public AgentInstallation installation() {
        return installation;
    }

    @Override
    public SessionEnvironment environment(
            ProviderCatalog catalog,
            LaunchTarget target,
            SessionIdentity identity,
            Map<String, String> callerEnvironment) {
        return SessionEnvironments.build(catalog, target, identity, callerEnvironment);
    }

    @Override
    public Optional<Upstream> upstream(SessionEnvironment environment, boolean trace) {
        return SessionEnvironments.upstream(environment, trace);
    }

    @Override
    public AgentSession session(List<String> passedOn) {
        return new ClaudeSession(UserArguments.parse(passedOn));
    }

    @Override
    public AgentSettings settings(Map<String, String> environment, Path folder) {
        return new EffectiveSettings(ClaudeSettings.of(environment, folder), List.of());
    }

    @Override
    public Path isolatedFolder(KatraHome home, String persona) {
        return IsolatedConfig.folder(home, persona);
    }

    @Override
    public AgentConversations isolatedConversations(KatraHome home, String persona) {
        return ClaudeConversations.isolated(home, persona);
    }

    @Override
    public AgentConversations conversations(Map<String, String> environment) {
        return ClaudeConversations.ofCaller(environment);
    }

    @Override
    public TranscriptReader transcripts() {
        return transcripts;
    }

    @Override
    public UsageTranscripts usageTranscripts() {
        return usageTranscripts;
    }

    @Override
    public Optional<String> dialogOn(String screen) {
        return Dialog.shownOn(screen).map(Dialog::description);
    }

    @Override
    public Path statusFile(Path configuration, long pid) {
        return StatusFile.file(configuration, pid);
    }

    @Override
    public Optional<AgentStatus> readStatus(Path file) {
        return StatusFile.read(file);
    }
}
