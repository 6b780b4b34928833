package dev.katra.gateway.mock;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A client of a mock. */
final class Post {

    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Post() {}

    static HttpResponse<String> to(String url, JsonNode body) {
        try {
            return CLIENT.send(request(url, body), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static CompletableFuture<HttpResponse<String>> later(String url, JsonNode body) {
        return CLIENT.sendAsync(request(url, body), BodyHandlers.ofString());
    }

    static HttpRequest request(String url, JsonNode body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer sk-test")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }
}
