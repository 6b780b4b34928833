package dev.katra.mcp.client;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Gives requests a {@link ClientProbe}. A servlet notices that its client has left only when it writes,
 * and while a request is held there is nothing to write; Tomcat itself can look at the connection.
 */
final class ClientProbeValve extends ValveBase {

    ClientProbeValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ClientProbe.class.getName(), new TomcatProbe(request.getCoyoteRequest()));
        getNext().invoke(request, response);
    }

    private record TomcatProbe(org.apache.coyote.Request connection) implements ClientProbe {

        /**
         * A read that does not block reports its failure as one byte, again and again. One byte only once would be the
         * beginning of the client's next request.
         */
        @Override
        public boolean gone() {
            boolean first = readable();
            return first && readable();
        }

        @Override
        public void cut() {
            connection.action(ActionCode.CLOSE_NOW, new IOException("the answer broke off"));
        }

        private boolean readable() {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable() > 0;
        }
    }
}
