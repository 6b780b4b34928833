package dev.katra.gateway.http;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.ActiveFallbacks;
import dev.katra.core.session.SessionNotices;
import dev.katra.core.upstream.Protocol;
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
        SessionNotices notices,
        PersonPrompts personPrompts,
        SelfJudgingEndpoints selfJudging,
        FallbackBreakers breakers,
        ActiveFallbacks activeFallbacks) {

    private static final Codec CHAT = new ChatCodec();
    private static final Codec RESPONSES = new ResponsesCodec();

    Codec codec(SessionUpstream session) {
        return session.upstream().protocol() == Protocol.OPENAI_RESPONSES ? RESPONSES : CHAT;
    }

    Trace trace(SessionUpstream session, RequestKey credential) {
        return session.upstream().trace() ? Trace.into(home, session.uid(), credential) : Trace.NONE;
    }
}
