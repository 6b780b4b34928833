package dev.katra.shell.server;

import dev.katra.shell.channel.OwnerServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Says over the private socket which server this is. */
final class StatusServlet extends OwnerServlet {

    private final transient Supplier<ServerFile> server;

    StatusServlet(Supplier<ServerFile> server, String secret) {
        super(secret);
        this.server = server;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        JsonMapper.shared().writeValue(response.getOutputStream(), server.get());
    }
}
