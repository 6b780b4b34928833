package dev.katra.mcp.server;

import io.modelcontextprotocol.spec.McpError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes the SDK's errors of the transport as JSON-RPC errors. Otherwise they would be written as Java exceptions with
 * their stack traces.
 */
final class McpErrorSerializer extends StdSerializer<McpError> {

    McpErrorSerializer() {
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

    /**
     * Returns the message up to a colon, because the SDK appends to it the message of whatever was thrown, which stays
     * inside.
     */
    private static String words(String message) {
        int colon = message.indexOf(':');
        return colon < 0 ? message : message.substring(0, colon);
    }
}
