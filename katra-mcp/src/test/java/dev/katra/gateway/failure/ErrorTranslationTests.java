package dev.katra.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.upstream.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTranslationTests {

    private static final Target TARGET = Targets.plain();

    private static GatewayError of(int status, String body) {
        return of(status, body, Map.of());
    }

    private static GatewayError of(int status, String body, Map<String, String> headers) {
        return ErrorTranslation.of(new ErrorResponse(status, headers, body), TARGET, 70_000);
    }

    private static String error(String inner) {
        return Json.of("{error:" + inner + "}").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {message:'bad'}                                        | 400 | invalid_request_error",
                "422 | {message:'bad'}                                        | 400 | invalid_request_error",
                "401 | {message:'bad key'}                                    | 401 | authentication_error",
                "403 | {message:'no'}                                         | 403 | permission_error",
                "402 | {message:'pay'}                                        | 402 | billing_error",
                "429 | {code:'insufficient_quota',message:'quota'}            | 402 | billing_error",
                "404 | {code:'model_not_found',message:'The model x'}         | 404 | not_found_error",
                "407 | {message:'who'}                                        | 502 | api_error",
                "413 | {message:'big'}                                        | 413 | request_too_large",
                "429 | {message:'slow'}                                       | 429 | rate_limit_error",
                "500 | {message:'oops'}                                       | 500 | api_error",
                "502 | {message:'oops'}                                       | 502 | api_error",
                "504 | {message:'oops'}                                       | 504 | timeout_error",
                "503 | {message:'oops'}                                       | 529 | overloaded_error",
                "500 | {message:'The server is overloaded'}                   | 529 | overloaded_error"
            })
    void aRefusalIsTranslated(int status, String inner, int told, String type) {
        GatewayError error = of(status, error(inner));
        assertThat(error.status()).isEqualTo(told);
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.message()).isNotBlank();
        assertThat(error.envelope("req_1").path("error").path("type").asString(""))
                .isEqualTo(type);
        assertThat(error.envelope("req_1").path("request_id").asString("")).isEqualTo("req_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "This model's maximum context length is 64000 tokens. However, your messages resulted in 70123 tokens. | 70123 | 64000",
                "Your input exceeds the context window of this model | 70000 | 64000",
                "prompt token count of 150000 exceeds the limit of 128000 | 150000 | 128000",
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | 1200000 | 1048576",
                "maximum context length is 128,000 tokens, but you requested about 130,001 tokens | 130001 | 128000"
            })
    void a08_anOverflowSaysPromptIsTooLong(String message, long asked, long maximum) {
        GatewayError error = of(400, error("{message:\"" + message + "\"}"));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message())
                .isEqualTo("prompt is too long: %d tokens > %d maximum · %s".formatted(asked, maximum, message));
    }

    @Test
    void a08_anOverflowIsKnownByItsCodeAndNotByAnOutputLimit() {
        assertThat(of(400, error("{code:'context_length_exceeded',message:'too much'}"))
                        .message())
                .isEqualTo("prompt is too long: 70000 tokens > 64000 maximum · too much");
        assertThat(of(400, error("{param:'max_tokens',message:'max_tokens is too large: the maximum is 8192 tokens'}"))
                        .message())
                .doesNotContain("prompt is too long");
    }

    @Test
    void a08_anOverflowThatNobodyHasMeasuredHasNoNumbers() {
        ErrorResponse refusal =
                new ErrorResponse(400, Map.of(), error("{code:'context_length_exceeded',message:'too much'}"));
        assertThat(ErrorTranslation.of(refusal, TARGET, 64_000).message()).isEqualTo("prompt is too long · too much");
    }

    @Test
    void a31_aSpentQuotaIsNotTriedAgainAndALimitedRateAfterItsTime() {
        assertThat(of(429, error("{code:'insufficient_quota',message:'You exceeded'}"))
                        .headers())
                .containsEntry("x-should-retry", "false")
                .containsEntry("anthropic-ratelimit-unified-status", "rejected");
        assertThat(of(429, error("{code:429,message:'You exceeded your current quota. Please retry in 34s'}"))
                        .type())
                .isEqualTo("rate_limit_error");
        assertThat(of(429, "{}", Map.of("Retry-After", "7")).headers()).isEqualTo(Map.of("retry-after", "7"));
        assertThat(of(429, "{}", Map.of("retry-after-ms", "1200")).headers()).isEqualTo(Map.of("retry-after", "2"));
        assertThat(of(
                                429,
                                "{}",
                                Map.of(
                                        "x-ratelimit-reset-requests", "20ms",
                                        "x-ratelimit-reset-tokens", "1m30.5s",
                                        "x-ratelimit-remaining-requests", "12"))
                        .headers())
                .isEqualTo(Map.of("retry-after", "60"));
        assertThat(of(429, "{}", Map.of("x-ratelimit-reset-tokens", "soon")).headers())
                .isEmpty();
    }

    @Test
    void a32_aBadKeyFailsAtOnceAndNamesItsVariableButNotItself() {
        GatewayError error = of(401, error("{message:'Incorrect API key provided: sk-proj-abc123def456'}"));
        assertThat(error.headers()).containsEntry("x-should-retry", "false");
        assertThat(error.message()).contains("acme", "ACME_API_KEY").doesNotContain("abc123");
    }

    @Test
    void anUnknownModelIsNamed() {
        assertThat(of(404, error("{code:'model_not_found',message:'The model does not exist'}"))
                        .message())
                .startsWith("model acme-1 is not known to provider acme");
        assertThat(of(404, "Not Found").message()).contains("https://api.acme.test/v1");
    }

    @Test
    void aWebPageIsNotShown() {
        GatewayError error = of(500, "<!DOCTYPE html><html><body>long</body></html>");
        assertThat(error.status()).isEqualTo(502);
        assertThat(error.message())
                .contains("web page", "https://api.acme.test/v1")
                .doesNotContain("<");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 502, out of order for now",
        "502, 502, out of order for now",
        "520, 502, out of order for now",
        "503, 529, overloaded",
        "504, 504, took too long",
        "403, 403, a firewall",
        "404, 404, check the endpoint",
        "413, 413, too large",
        "400, 502, check the endpoint"
    })
    void aWebPageIsToldByItsStatus(int status, int told, String words) {
        GatewayError error = of(status, "<html><head><title>Oh\n no</title></head></html>");
        assertThat(error.status()).isEqualTo(told);
        assertThat(error.message()).contains(words);
        if (status >= 500) {
            assertThat(error.message()).doesNotContain("check the endpoint");
        }
        if (words.equals("out of order for now")) {
            assertThat(error.message()).contains("(" + status + ", \"Oh no\")");
        }
    }

    @Test
    void everyFormOfMessageIsFound() {
        assertThat(of(400, "[{\"error\":{\"message\":\"listed\"}}]").message()).isEqualTo("listed");
        assertThat(of(400, "{\"detail\":\"detailed\"}").message()).isEqualTo("detailed");
        assertThat(of(400, "{\"error\":\"plain\"}").message()).isEqualTo("plain");
        assertThat(of(400, "just text").message()).isEqualTo("just text");
        assertThat(of(400, "").message()).contains("acme", "400");
    }

    @Test
    void aRefusalTeachesHowToAskAgain() {
        assertThat(lesson("{message:\"Unknown parameter: 'stream_options'\"}").has(Quirk.NO_STREAM_USAGE))
                .isTrue();
        assertThat(lesson("{message:\"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead\"}")
                        .has(Quirk.MAX_COMPLETION_TOKENS))
                .isTrue();
        assertThat(lesson(
                                "{param:'reasoning.effort',code:'unsupported_value',message:\"Unsupported value: 'minimal'. Supported values are: 'none', 'low' and 'xhigh'.\"}")
                        .efforts())
                .containsExactly(Effort.NONE, Effort.LOW, Effort.XHIGH);
        assertThat(lesson("{message:'Function call is missing a thought_signature in functionCall parts.'}")
                        .has(Quirk.THOUGHT_SIGNATURE))
                .isTrue();
        assertThat(LearnedQuirk.of(new ErrorResponse(400, Map.of(), error("{message:'bad'}")), Quirks.NONE))
                .isEmpty();
        assertThat(LearnedQuirk.of(new ErrorResponse(500, Map.of(), error("{message:'stream_options'}")), Quirks.NONE))
                .isEmpty();
    }

    @Test
    void a09_anAnswerThatDoesNotFitIsKnown() {
        assertThat(
                        LearnedQuirk.outputLimitReached(
                                new ErrorResponse(
                                        400,
                                        Map.of(),
                                        error(
                                                "{message:'Could not finish the message because max_tokens or model output limit was reached.'}"))))
                .isTrue();
    }

    private static Quirks lesson(String inner) {
        return LearnedQuirk.of(new ErrorResponse(400, Map.of(), error(inner)), Quirks.NONE)
                .orElseThrow();
    }
}
