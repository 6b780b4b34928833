package dev.katra.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenUsageTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 0 | 0 | 0 | 0",
                "{prompt_tokens:10,completion_tokens:3} | 10 | 0 | 0 | 3",
                "{prompt_tokens:10,completion_tokens:3,prompt_tokens_details:{cached_tokens:4,cache_write_tokens:5}} | 1 | 4 | 5 | 3",
                "{input_tokens:10,output_tokens:3,input_tokens_details:{cached_tokens:4}} | 6 | 4 | 0 | 3",
                "{prompt_tokens:10,prompt_cache_hit_tokens:8} | 2 | 8 | 0 | 0",
                "{prompt_tokens:10,prompt_tokens_details:{cached_tokens:40}} | 0 | 10 | 0 | 0",
                "{prompt_tokens:-1,completion_tokens:null,prompt_tokens_details:null} | 0 | 0 | 0 | 0"
            })
    void thePartsOfTheInputDoNotOverlap(String usage, long input, long read, long write, long output) {
        assertThat(TokenUsage.read(Json.of(usage))).isEqualTo(new TokenUsage(input, read, write, output));
    }
}
