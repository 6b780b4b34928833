package dev.katra.gateway.http;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.ActiveFallbacks;
import dev.katra.core.session.SessionNotices;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.usage.PromptOrigins;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.UsageService;
import dev.katra.gateway.chat.ChatCodec;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.judge.PersonPrompts;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.web.client.RequestMonitor;

/** A GatewayContext holds what all requests share. */
record GatewayContext(
        KatraHome home,
        GatewaySettings settings,
        SessionUpstreams upstreams,
        UpstreamClient client,
        RequestMonitor links,
        UsageService usage,
        PromptOrigins turns,
        SessionNotices notices,
        PersonPrompts personPrompts,
        SelfJudgingEndpoints selfJudging,
        FallbackBreakers breakers,
        ActiveFallbacks activeFallbacks) {

    /** The header with the client's name of the sub-agent whose request it is. */
    private static final String SUB_AGENT = "x-claude-code-agent-id";

    private static final Codec CHAT = new ChatCodec();
    private static final Codec RESPONSES = new ResponsesCodec();

    /** Returns what a request of a session is for, which its client says of a sub-agent's, and Katra knows of a turn. */
    Purpose purpose(SessionUpstream session, ClientHeaders headers) {
        String agent = headers.find(SUB_AGENT);
        if (agent != null && !agent.isBlank()) {
            return Purpose.SUB_AGENT;
        }
        return turns.runsNow(session.sessionId()) ? Purpose.WAKE : Purpose.CONVERSATION;
    }

    Codec codec(SessionUpstream session) {
        return session.upstream().protocol() == Protocol.OPENAI_RESPONSES ? RESPONSES : CHAT;
    }

    Trace trace(SessionUpstream session, RequestKey credential) {
        return session.upstream().trace() ? Trace.into(home, session.uid(), credential) : Trace.NONE;
    }
}
