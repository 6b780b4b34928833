package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestKeyTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer first-key-1        | second-key-2      | [key], [key], third-key-3",
                "bearer  first-key-1       | first-key-1-longer | [key], second-key-2, third-key-3",
                "Basic first-key-1         | second-key-2      | [key], [key], third-key-3",
                "first-key-1               | second-key-2      | [key], [key], third-key-3",
                "                          | second-key-2      | first-key-1, [key], third-key-3",
                "Bearer first-key-1        |                   | [key], second-key-2, third-key-3",
                "Bearer key                | first             | first-key-1, second-key-2, third-key-3",
            })
    void takesEveryKeyOfTheRequestOutOfATrace(String authorization, String apiKey, String traced) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        if (apiKey != null) {
            request.addHeader("x-api-key", apiKey);
        }

        assertThat(RequestKey.of(request).removeFrom("first-key-1, second-key-2, third-key-3"))
                .isEqualTo(traced);
    }
}
