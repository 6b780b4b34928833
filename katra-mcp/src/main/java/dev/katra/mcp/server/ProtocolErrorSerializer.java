package dev.katra.mcp.server;

import io.modelcontextprotocol.spec.McpError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes the SDK's errors of the transport as JSON-RPC errors. Without it they would be written as what they are in
 * Java, an exception with its stack trace.
 */
final class ProtocolErrorSerializer extends StdSerializer<McpError> {

    ProtocolErrorSerializer() {
        super(McpError.class);
    }

    @Override
    public void serialize(McpError error, JsonGenerator out, SerializationContext context) {
        out.writeStartObject();
        out.writeStringProperty("jsonrpc", "2.0");
        out.writeNullProperty("id");
        out.writeObjectPropertyStart("error");
        out.writeNumberProperty("code", error.getJsonRpcError().code());
        out.writeStringProperty("message", words(error.getJsonRpcError().message()));
        out.writeEndObject();
        out.writeEndObject();
    }

    /** The SDK appends the message of whatever was thrown after a colon; that part stays here. */
    private static String words(String message) {
        int colon = message.indexOf(':');
        return colon < 0 ? message : message.substring(0, colon);
    }
}
