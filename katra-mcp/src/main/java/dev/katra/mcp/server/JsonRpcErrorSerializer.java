package dev.katra.mcp.server;

import dev.katra.web.JsonRpc;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes the errors in the older protocol's answers, without what went wrong inside. */
final class JsonRpcErrorSerializer extends StdSerializer<JSONRPCError> {

    JsonRpcErrorSerializer() {
        super(JSONRPCError.class);
    }

    @Override
    public void serialize(JSONRPCError error, JsonGenerator out, SerializationContext context) {
        out.writeStartObject();
        out.writeNumberProperty("code", error.code());
        out.writeStringProperty("message", error.code() == JsonRpc.INTERNAL_ERROR ? "Internal error" : error.message());
        out.writeEndObject();
    }
}
