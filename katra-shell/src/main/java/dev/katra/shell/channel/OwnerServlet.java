package dev.katra.shell.channel;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet for the owner of the home alone: over TCP, or without the secret, there is nothing here. */
public abstract class OwnerServlet extends HttpServlet {

    private final String secret;

    protected OwnerServlet(String secret) {
        this.secret = secret;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String given = request.getHeader(ChannelSecret.HEADER);
        boolean overSocket = request.getLocalPort() == 0; // Tomcat's way to say: over a Unix socket
        if (!overSocket || given == null || !ChannelSecret.same(secret, given)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        super.service(request, response);
    }
}
