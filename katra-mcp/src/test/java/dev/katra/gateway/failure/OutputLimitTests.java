package dev.katra.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.upstream.Target;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class OutputLimitTests {

    private static final int ASKED = 32_000;
    private static final Target TARGET = Targets.plain().withMaxOutput(0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000. | 16384",
                "Invalid max_tokens value, the valid range of max_tokens is [1, 8192] | 8192",
                "<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192] | 8192",
                "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model | 8192",
                "Unable to submit request because it has a maxOutputTokens value of 32000 but the supported range is from 1 (inclusive) to 8193 (exclusive). | 8192",
                "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096. | 4096",
                "max_tokens: 32000 > 8,192, which is the maximum allowed number of output tokens for model-2025-01-31 | 8192",
                "max_completion_tokens is too large | 8192"
            })
    void aLimitThatTheModelNeverTakesIsLearned(String message, int most) {
        assertThat(lesson(400, message, TARGET).map(Target::maxOutput)).contains(most);
        GatewayError error = ErrorTranslation.of(refusal(400, message), TARGET, 1_000);
        assertThat(error.message()).contains("ACME_MAX_OUTPUT_TOKENS").doesNotContain("prompt is too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "400 | This model's maximum context length is 32768 tokens. However, you requested 40000 tokens (8000 in the messages, 32000 in the completion). Please reduce the length of the messages or completion. | 24768",
                "400 | This model's maximum context length is 32768 tokens. However, you requested 40000 tokens (7000 in the messages, 1000 in the functions, and 32000 in the completion). | 24768",
                "400 | This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens (8000 of text input, 32000 in the output). | 24768",
                "400 | 'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 32768 tokens and your request has 8000 input tokens (32000 > 32768 - 8000). | 24768",
                "400 | Requested token count exceeds the model's maximum context length of 32768 tokens. You requested a total of 40000 tokens: 8000 tokens from the input messages and 32000 tokens for the completion. | 24768",
                "400 | input length and `max_tokens` exceed context limit: 8000 + 32000 > 32768, decrease input length or `max_tokens` and try again | 24768",
                "400 | This model's maximum context length is 32768 tokens, but you requested 40000 tokens | 24768",
                "429 | Request too large for m on tokens per min (TPM): Limit 32768, Requested 40000. The input or output tokens must be reduced. | 24768",
                "400 | Requested 40000 tokens (8000 in the messages, 32000 in the completion) | 16000",
                "400 | max_tokens is too large: 32000. This model's maximum context length is 16384 tokens | 9384"
            })
    void whatIsCountedTogetherLeavesTheRestForTheAnswer(int status, String message, int left) {
        Optional<Target> lesson = lesson(status, message, TARGET);
        assertThat(lesson.map(Target::sharedWindow).map(room -> room.remaining(7_000, 1)))
                .contains(left);
        assertThat(lesson.map(Target::sharedWindow).map(room -> room.remaining(8_000, 1)))
                .contains(left - 1_000);
        assertThat(lesson(status, message, lesson.orElseThrow()))
                .as("a lesson that did not help")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "400 | This model's maximum context length is 32768 tokens. However, you requested 72000 tokens (40000 in the messages, 32000 in the completion). | 72000 | 32768",
                "400 | This model's maximum context length is 64000 tokens. However, your messages resulted in 70123 tokens. | 70123 | 64000",
                "413 | Request too large for model on tokens per minute (TPM): Limit 6000, Requested 42000, please reduce your message size and try again. | 42000 | 6000",
                "429 | Request too large for gpt-6 on tokens per min (TPM): Limit 30000, Requested 65000. | 65000 | 30000"
            })
    void aPromptThatDoesNotFitIsStillTooLong(int status, String message, long asked, long maximum) {
        assertThat(lesson(status, message, TARGET)).isEmpty();
        GatewayError error = ErrorTranslation.of(refusal(status, message), TARGET, 40_000);
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message())
                .isEqualTo("prompt is too long: %d tokens > %d maximum · %s".formatted(asked, maximum, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                "Invalid 'messages[3].content': string too long",
                "Rate limit reached on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s."
            })
    void otherRefusalsTeachNothingAboutIt(String message) {
        assertThat(lesson(400, message, TARGET)).isEmpty();
        assertThat(lesson(429, message, TARGET)).isEmpty();
        assertThat(ErrorTranslation.of(refusal(429, message), TARGET, 10).status())
                .isEqualTo(429);
    }

    @Test
    void aShortAnswerIsNeverShortened() {
        String message = "max_tokens is too large: 1000, at most 500";
        assertThat(OutputLimit.learn(refusal(400, message), TARGET, 1_000, 10)).isEmpty();
    }

    private static Optional<Target> lesson(int status, String message, Target target) {
        return OutputLimit.learn(refusal(status, message), target, ASKED, 7_000);
    }

    private static ErrorResponse refusal(int status, String message) {
        var body = JsonMapper.shared().createObjectNode();
        body.putObject("error").put("message", message);
        return new ErrorResponse(status, Map.of(), body.toString());
    }
}
