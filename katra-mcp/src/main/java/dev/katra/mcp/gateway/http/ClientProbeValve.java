package dev.katra.mcp.gateway.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Gives requests to the gateway a {@link ClientProbe}. A servlet notices that its client has left only when it writes,
 * and while an endpoint thinks there is nothing to write; Tomcat itself can look at the connection.
 */
final class ClientProbeValve extends ValveBase {

    ClientProbeValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getRequestURI().startsWith(GatewayServlet.PATH)) {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            request.setAttribute(ClientProbe.class.getName(), (ClientProbe) () -> gone(connection));
        }
        getNext().invoke(request, response);
    }

    /**
     * A read that does not block reports its failure as one byte, again and again. One byte only once would be the
     * beginning of the client's next request.
     */
    private static boolean gone(org.apache.coyote.Request connection) {
        boolean first = readable(connection);
        return first && readable(connection);
    }

    private static boolean readable(org.apache.coyote.Request connection) {
        connection.action(ActionCode.AVAILABLE, true);
        return connection.getAvailable() > 0;
    }
}
