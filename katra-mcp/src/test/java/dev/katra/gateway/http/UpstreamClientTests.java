package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.upstream.ProviderEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class UpstreamClientTests {

    private static final Duration SOON = Duration.ofMillis(100);
    private final IOException closed = new IOException("HTTP/1.1 header parser received no bytes");

    @Test
    void sharesNoConnectionAmongRequests() {
        try (var client = new UpstreamClient(
                new GatewaySettings(DataSize.ofMegabytes(1), SOON, SOON, SOON, SOON, SOON, "", ""))) {
            assertThat(client.request("https://api.example.com/v1")
                            .orElseThrow()
                            .build()
                            .version())
                    .contains(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void takesAConnectionForStaleThatClosesAtOnce() {
        assertThat(UpstreamClient.staleConnection(new CompletionException(closed), SOON))
                .isTrue();
        assertThat(UpstreamClient.staleConnection(new ConnectException(), SOON)).isFalse();
        assertThat(UpstreamClient.staleConnection(new HttpTimeoutException(""), SOON))
                .isFalse();
    }

    @Test
    void doesNotAskAgainWhatAnEndpointHasWorkedOn() {
        assertThat(UpstreamClient.staleConnection(closed, Duration.ofSeconds(60)))
                .isFalse();
    }

    @Test
    void saysThatMemoryIsShortAsSomethingThatPasses() {
        var error = UpstreamClient.error(
                new OutOfMemoryError("unable to create native thread"),
                new ProviderEndpoint("mock", "http://x", "K"),
                "req_1");
        assertThat(error.status()).isEqualTo(529);
        assertThat(error.type()).isEqualTo("overloaded_error");
    }
}
