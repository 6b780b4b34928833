package dev.katra.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.upstream.ProviderEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "go to https://a.test/v1?key=hush now        | go to https://a.test/v1 now",
                "see (https://a.test/?api-key=hush)          | see (https://a.test/)",
                "https://sam:hush@a.test/v1 is down          | https://a.test/v1 is down",
                "https://sam:hu@sh@a.test/#hush              | https://a.test/",
                "'wss://a.test/x?sig=hush', and more         | 'wss://a.test/x', and more",
                "what is this? ask sam@a.test                | what is this? ask sam@a.test"
            })
    void anAddressEndsBeforeItsSecrets(String text, String shown) {
        assertThat(Redaction.redact(text)).isEqualTo(shown);
    }

    @Test
    void noErrorRepeatsAKeyOfAnAddress() {
        var provider = new ProviderEndpoint("acme", "https://sam:hush@a.test/v1?key=hush", "ACME_API_KEY");
        var refusal = new ErrorResponse(
                400, Map.of(), "{\"error\":{\"message\":\"POST https://b.test/v1?key=hush is not allowed\"}}");
        for (GatewayError error : List.of(
                EndpointErrors.unreachable(provider),
                EndpointErrors.untrusted(provider),
                EndpointErrors.timedOut(provider),
                EndpointErrors.webPage(provider, 200),
                EndpointErrors.unknownFormat(provider),
                ErrorTranslation.of(refusal, Targets.plain(), 1))) {
            assertThat(error.message()).contains(".test/v1").doesNotContain("hush");
        }
    }
}
