package dev.katra.gateway.codec;

import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.request.Block;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.request.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OfferedTools holds the tools of a request that the model can call, as many as the endpoint takes: the client's own
 * first, then those of MCP servers already in use, then the rest.
 *
 * @param sent the tools to send, in the client's order
 * @param leftOut the names of the tools that did not fit
 */
public record OfferedTools(List<ToolSpec> sent, List<String> leftOut) {

    public OfferedTools {
        sent = List.copyOf(sent);
        leftOut = List.copyOf(leftOut);
    }

    /** Returns the tools to offer in this request. */
    public static OfferedTools of(MessagesRequest request, Quirks quirks) {
        Map<String, ToolSpec> callable = new LinkedHashMap<>();
        request.tools().stream()
                .filter(ToolSpec::isClientTool)
                .forEach(tool -> callable.putIfAbsent(tool.name(), tool));
        if (quirks.toolLimit() == 0 || callable.size() <= quirks.toolLimit()) {
            return new OfferedTools(List.copyOf(callable.values()), List.of());
        }
        Set<String> used = used(request);
        List<String> ranked = new ArrayList<>();
        callable.keySet().stream().filter(name -> !name.startsWith("mcp__")).forEach(ranked::add);
        callable.keySet().stream()
                .filter(name -> name.startsWith("mcp__") && used.contains(name))
                .forEach(ranked::add);
        callable.keySet().stream()
                .filter(name -> name.startsWith("mcp__") && !used.contains(name))
                .forEach(ranked::add);
        Set<String> kept = new HashSet<>(ranked.subList(0, quirks.toolLimit()));
        return new OfferedTools(
                callable.values().stream()
                        .filter(tool -> kept.contains(tool.name()))
                        .toList(),
                callable.keySet().stream().filter(name -> !kept.contains(name)).toList());
    }

    /** Returns whether a tool of this name is offered. */
    public boolean has(String name) {
        return sent.stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** Returns the tool's description, shortened to the length that the endpoint takes. */
    public static String description(ToolSpec tool, Quirks quirks) {
        int limit = quirks.descriptionLimit();
        String text = tool.description();
        return limit > 0 && text.length() > limit ? text.substring(0, limit) : text;
    }

    private static Set<String> used(MessagesRequest request) {
        var names = new HashSet<String>();
        for (Turn turn : request.turns()) {
            for (Block block : turn.blocks()) {
                if (block instanceof Block.ToolUse call) {
                    names.add(call.name());
                }
            }
        }
        return names;
    }
}
