package dev.katra.mcp.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Every error of the HTTP surface: its status and a few fixed words, never what went wrong inside. A model's endpoint
 * answers in the Messages API's form and asks the client not to try again what cannot succeed.
 */
@RestController
public class ErrorAnswers implements ErrorController {

    /** The answer to the request that failed; null where its client has left in the middle of another answer. */
    @RequestMapping("/error")
    public @Nullable ResponseEntity<Map<String, Object>> error(
            HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : "";
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (!ModelPaths.contains(path)) {
            return answer.body(Map.of("error", words(status)));
        }
        if (status < 500) {
            answer.header("x-should-retry", "false");
        }
        String requestId = "req_" + UUID.randomUUID().toString().replace("-", "");
        return answer.header("request-id", requestId)
                .body(Map.of(
                        "type",
                        "error",
                        "error",
                        Map.of("type", type(status), "message", modelWords(status)),
                        "request_id",
                        requestId));
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
