package dev.katra.web.client;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Gives requests a {@link ClientProbe}. A servlet notices that its client has left only when it writes, and while a
 * request is held there is nothing to write; Tomcat itself can check the connection. The valve also keeps Tomcat from
 * waiting for a body that nobody wants.
 */
final class ClientProbeValve extends ValveBase {

    private static final String CONNECTION = "Connection";

    /**
     * The maximum number of bytes of an unread body that are read and dropped; it is more than a client sends at once.
     */
    private static final int MAX_IGNORED_BYTES = 256 * 1024;

    ClientProbeValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        TomcatProbe probe = new TomcatProbe(request.getCoyoteRequest(), response.getCoyoteResponse());
        request.setAttribute(ClientProbe.class.getName(), probe);
        if (!probe.isRead()) {
            response.getCoyoteResponse().getMimeHeaders().setValue(CONNECTION).setString("close");
        }
        try {
            getNext().invoke(request, response);
        } finally {
            if (!request.isAsync() && !probe.isRead()) {
                finishWithoutBody(request, response, probe);
            }
        }
    }

    /**
     * Reads only the part of a body that has already come, so that the client sees its answer. Tomcat would wait for
     * the rest on one of its few threads, as long as it takes. Telling Tomcat not to is an error that would replace the
     * answer, so the answer is sent first.
     */
    private static void finishWithoutBody(Request request, Response response, TomcatProbe probe) {
        byte[] some = new byte[4096];
        try {
            int read = 1;
            for (int all = 0; read > 0 && all < MAX_IGNORED_BYTES && probe.hasUnreadBytes(); all += read) {
                read = request.getStream().read(some);
            }
            response.finishResponse();
        } catch (IOException e) {
            // the client has left
        }
        if (!probe.isRead()) {
            probe.connection().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private record TomcatProbe(org.apache.coyote.Request connection, org.apache.coyote.Response answer)
            implements ClientProbe {

        @Override
        public void bodyRead() {
            if (isRead() && !answer.isCommitted()) {
                answer.getMimeHeaders().removeHeader(CONNECTION);
            }
        }

        /**
         * Returns whether the client has left. A non-blocking read reports its failure as one byte, again and again;
         * one byte only once would be the beginning of the client's next request.
         */
        @Override
        public boolean isGone() {
            boolean first = readable();
            return first && readable();
        }

        @Override
        public void abort() {
            connection.action(ActionCode.CLOSE_NOW, new IOException("the answer broke off"));
        }

        /** Returns whether the body is read to its end, or there is none. */
        boolean isRead() {
            AtomicBoolean read = new AtomicBoolean();
            connection.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
            return read.get();
        }

        /** Returns whether there is an unread part of a body of a known length that has already come. */
        boolean hasUnreadBytes() {
            return !isRead() && connection.getContentLengthLong() > 0 && readable();
        }

        private boolean readable() {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable() > 0;
        }
    }
}
