package dev.katra.shell.doctor;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an endpoint whether it is there and takes the key, by requests that cost nothing. The text of its answers is
 * never repeated, because it may hold parts of the key.
 */
final class EndpointProbe {

    /** A Finding says what an endpoint turned out to be. */
    enum Finding {
        REACHABLE,
        KEY_REFUSED,
        NO_CREDIT,
        NO_SUCH_API,
        FAILING,
        NO_TRUST,
        NOT_LISTENING,
        NO_SUCH_HOST,
        TIMED_OUT,
        UNREACHABLE
    }

    /**
     * A Result says how a probe went.
     *
     * @param url what was asked
     * @param status the HTTP status, 0 if there was none
     * @param models the models that the endpoint lists, empty if it lists none
     */
    record Result(Finding finding, String url, int status, List<String> models) {}

    private static final Set<Integer> MISSING_STATUSES = Set.of(301, 302, 303, 307, 308, 404, 405);

    private final HttpClient client;
    private final Duration timeout;

    /**
     * Creates a probe that asks by a client that follows no redirects.
     *
     * @param timeout how long a request may take
     */
    EndpointProbe(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /** Asks the endpoint to which sessions of a provider go on a route. */
    Result probe(Provider provider, Route route, Map<String, String> credentials) {
        String base = provider.destinationOn(route).replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(timeout);
        credentials.forEach(request::setHeader);
        if (provider.isTranslatedOn(route)) {
            return ask(request.GET(), base + "/models");
        }
        request.setHeader("anthropic-version", "2023-06-01");
        Result models = ask(request.GET(), base + "/v1/models?limit=1000");
        if (models.status() == 0 || models.finding() == Finding.KEY_REFUSED) {
            return models;
        }
        // The list is public at some endpoints and missing at others; an empty message is refused, after the key.
        request.setHeader("content-type", "application/json");
        Result message = ask(request.POST(HttpRequest.BodyPublishers.ofString("{}")), base + "/v1/messages");
        boolean lame = message.finding() == Finding.FAILING && models.finding() == Finding.REACHABLE;
        return new Result(
                lame ? Finding.REACHABLE : message.finding(), message.url(), message.status(), models.models());
    }

    private Result ask(HttpRequest.Builder request, String url) {
        try {
            HttpResponse<String> response = client.sendAsync(
                            request.uri(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return result(url, response.statusCode(), response.body());
        } catch (TimeoutException e) {
            return new Result(Finding.TIMED_OUT, url, 0, List.of());
        } catch (ExecutionException e) {
            return new Result(failed(e.getCause()), url, 0, List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Finding.UNREACHABLE, url, 0, List.of());
        }
    }

    private static Result result(String url, int status, String body) {
        boolean json = isJson(body);
        List<String> models = status == 200 && json ? models(body) : List.of();
        return new Result(finding(status, json, body), url, status, models);
    }

    private static Finding finding(int status, boolean json, String body) {
        boolean aboutKey = status == 400 && body.toLowerCase(Locale.ROOT).contains("api key");
        if (status == 401 || status == 403 || aboutKey) {
            return Finding.KEY_REFUSED;
        }
        if (MISSING_STATUSES.contains(status) || (status < 500 && !json)) {
            return Finding.NO_SUCH_API;
        }
        return status == 402 ? Finding.NO_CREDIT : status >= 500 ? Finding.FAILING : Finding.REACHABLE;
    }

    private static boolean isJson(String body) {
        String text = body.strip();
        return text.startsWith("{") || text.startsWith("[");
    }

    private static List<String> models(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("data").values().stream()
                    .map(model -> model.path("id").asString(""))
                    .filter(id -> !id.isEmpty())
                    .toList();
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static Finding failed(@Nullable Throwable cause) {
        for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return Finding.NO_TRUST;
            }
            if (each instanceof HttpTimeoutException) {
                return Finding.TIMED_OUT;
            }
            if (each instanceof UnresolvedAddressException) {
                return Finding.NO_SUCH_HOST;
            }
        }
        return cause instanceof ConnectException ? Finding.NOT_LISTENING : Finding.UNREACHABLE;
    }
}
