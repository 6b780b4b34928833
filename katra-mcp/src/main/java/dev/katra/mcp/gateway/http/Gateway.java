package dev.katra.mcp.gateway.http;

import dev.katra.core.home.KatraHome;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.usage.UsageService;
import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.gateway.chat.ChatCodec;
import dev.katra.mcp.gateway.codec.Codec;
import dev.katra.mcp.gateway.responses.ResponsesCodec;

/** What all requests share. */
record Gateway(
        KatraHome home,
        GatewaySettings settings,
        SessionUpstreams upstreams,
        UpstreamClient client,
        ClientLinks links,
        UsageService usage) {

    private static final Codec CHAT = new ChatCodec();
    private static final Codec RESPONSES = new ResponsesCodec();

    Codec codec(SessionUpstream session) {
        return session.upstream().protocol() == Protocol.OPENAI_RESPONSES ? RESPONSES : CHAT;
    }

    Trace trace(SessionUpstream session, Credential credential) {
        return session.upstream().trace() ? Trace.into(home, session.uid(), credential) : Trace.NONE;
    }
}
