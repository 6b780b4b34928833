package dev.katra.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

    private static final String DATE = "Sun, 29 Nov 2026 12:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Rate limit reached for gpt-6 on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 34s. | 34000",
                "Please try again in 1m30s. Visit https://x.test to learn more. | 90000",
                "Please try again in 20ms. | 20",
                "Please try again in 6h0m0s | 21600000",
                "Please try again in 7m12.5s. | 432500",
                "Please retry in 34.074824224s. | 34075",
                "Requests have exceeded the call rate limit. Please retry after 34 seconds. | 34000",
                "please try again after 1 seconds | 1000",
                "Rate limited, wait 2 minutes and 5 seconds | 125000",
                "Your quota will reset after 3h20m5s. | 12005000",
                "You can try again at 2026-11-29T12:00:45Z. | 45000",
                "Too many requests | 0",
                "Retry with fewer than 20 messages | 0"
            })
    void theWaitIsReadFromTheWords(String message, long millis) {
        assertThat(wait(429, Json.of("{error:{}}").toString(), Map.of())).isZero();
        assertThat(wait(429, "{}", Map.of("retry-after", "+999999999-12-31T00:00:00Z")))
                .isZero();
        String body = "{\"error\":{\"message\":\"" + message + "\"}}";
        assertThat(wait(429, body, Map.of("Date", DATE))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{error:{code:429,status:'RESOURCE_EXHAUSTED',message:'quota',details:[{x:1},{'@type':'type.googleapis.com/google.rpc.RetryInfo',retryDelay:'34s'}]}} | 34",
                "[{error:{code:429,details:[{retryDelay:'1.5s'}]}}]                                                   | 2",
                "{error:{details:[{retryDelay:{seconds:12,nanos:500000000}}]}}                                       | 13",
                "{error:{type:'usage_limit_reached',resets_in_seconds:50}}                                           | 50",
                "{error:{type:'usage_limit_reached',resets_at:1795953640}}                                           | 40",
                "{error:{message:'slow',metadata:{headers:{},retry_after_ms:2500}}}                                  | 3",
                "{detail:'limited',retry_after:17}                                                                   | 17"
            })
    void theWaitIsReadFromAField(String body, long seconds) {
        assertThat(wait(429, Json.of(body).toString(), Map.of("Date", DATE)).plusMillis(999))
                .hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after                        | 7                              | 7",
                "retry-after                        | 7.2                            | 8",
                "retry-after                        | Sun, 29 Nov 2026 12:00:30 GMT  | 30",
                "retry-after-ms                     | 1200                           | 2",
                "x-ratelimit-reset-tokens           | 1m0s                           | 60",
                "x-ratelimit-reset-requests         | 20ms                           | 1",
                "x-ratelimit-reset                  | 1795953625                     | 25",
                "x-ratelimit-reset                  | 1795953625000                  | 25",
                "x-ratelimit-reset-after            | 9                              | 9",
                "ratelimit-reset                    | 11                             | 11",
                "anthropic-ratelimit-requests-reset | 2026-11-29T12:00:05Z           | 5",
                "retry-after                        | 0                              | 0",
                "retry-after                        | soon                           | 0",
                "retry-after                        | Sun, 29 Nov 2026 11:00:00 GMT  | 0"
            })
    void theWaitIsReadFromAHeader(String name, String value, long seconds) {
        var wait = wait(429, "{}", Map.of("Date", DATE, name, value));
        assertThat(wait.plusMillis(999)).hasSeconds(seconds);
    }

    @Test
    void onlyWhatIsUsedUpIsWaitedFor() {
        var reset = Map.of(
                "x-ratelimit-reset-requests", "6m0s",
                "x-ratelimit-remaining-requests", "12",
                "x-ratelimit-reset-tokens", "9s",
                "x-ratelimit-remaining-tokens", "0");
        assertThat(wait(429, "{}", reset)).hasSeconds(9);
        assertThat(wait(500, "{}", reset)).isZero();
    }

    @Test
    void theClientIsToldWhatItObeysAndAPersonUntilWhen() {
        assertThat(limited("59.2s").headers()).containsEntry("retry-after", "60");
        assertThat(limited("59.2s").message()).doesNotContain("until");
        assertThat(limited("75s").headers()).containsEntry("retry-after", "60");
        assertThat(limited("75s").message()).containsPattern("requests until [0-9:]{8} · ");
        assertThat(limited("5m").headers()).containsEntry("retry-after", "300");
        assertThat(limited("5m").message()).containsPattern("requests until [0-9:]{8} · ");
        assertThat(limited("50h").message()).containsPattern("requests until [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{5} · ");
    }

    private static GatewayError limited(String wait) {
        String body = "{\"error\":{\"message\":\"Please try again in " + wait + "\"}}";
        return ErrorTranslation.of(new ErrorResponse(429, Map.of(), body), Targets.plain(), 10);
    }

    private static Duration wait(int status, String body, Map<String, String> headers) {
        return RetryAfter.of(new ErrorResponse(status, headers, body)).orElse(Duration.ZERO);
    }
}
