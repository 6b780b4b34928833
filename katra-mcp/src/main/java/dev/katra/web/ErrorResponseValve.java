package dev.katra.web;

import dev.katra.core.contract.SessionContract;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes every error of the HTTP surface, including those that Tomcat finds in a request before any filter runs: its
 * status and a few fixed words, never what went wrong inside. The MCP endpoint answers with a JSON-RPC error; a model's
 * endpoint answers in the Messages API's form, and asks the client not to try again what cannot succeed. Tomcat creates
 * it by its class name.
 */
public final class ErrorResponseValve extends ErrorReportValve {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !mayWrite(response)) {
            return;
        }
        String path = Objects.requireNonNullElse(request.getDecodedRequestURI(), "");
        byte[] body = JSON.writeValueAsBytes(
                path.equals(SessionContract.MCP_PATH)
                        ? JsonRpc.error(
                                NullNode.getInstance(),
                                status < 500 ? JsonRpc.INVALID_REQUEST : JsonRpc.INTERNAL_ERROR,
                                words(status))
                        : ModelPaths.contains(path)
                                ? ofModel(status, response)
                                : JSON.createObjectNode().put("error", words(status)));
        try {
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mayWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }

    private static ObjectNode ofModel(int status, HttpServletResponse response) {
        if (status < 500) {
            response.setHeader("x-should-retry", "false");
        }
        String requestId = "req_" + UUID.randomUUID().toString().replace("-", "");
        response.setHeader("request-id", requestId);
        ObjectNode answer = JSON.createObjectNode().put("type", "error");
        answer.putObject("error").put("type", type(status)).put("message", modelWords(status));
        return answer.put("request_id", requestId);
    }

    private static String words(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "error " + status : known.getReasonPhrase();
    }

    private static String modelWords(int status) {
        return status == 401
                ? "this is not a live Katra session; start one with: katra start --persona NAME"
                : words(status);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
