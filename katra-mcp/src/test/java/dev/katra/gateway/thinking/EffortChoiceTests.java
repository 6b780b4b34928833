package dev.katra.gateway.thinking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.testing.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortChoiceTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                     | none,low,high | none",
                "{}                                                                     | low,high      | low",
                "{thinking:{type:'disabled'},output_config:{effort:'high'}}             | none,high     | none",
                "{thinking:{type:'adaptive'}}                                           | low,medium    | medium",
                "{thinking:{type:'adaptive'},output_config:{effort:'max'}}              | low,high      | high",
                "{thinking:{type:'adaptive'},output_config:{effort:'max'}}              | low,xhigh,max | max",
                "{thinking:{type:'adaptive'},output_config:{effort:'xhigh'}}            | low,xhigh,max | xhigh",
                "{thinking:{type:'adaptive'},output_config:{effort:'low'}}              | high,max      | high",
                "{thinking:{type:'adaptive'},output_config:{effort:'odd'}}              | low,medium    | medium",
                "{thinking:{type:'enabled',budget_tokens:3999}}                         | low,medium,high | low",
                "{thinking:{type:'enabled',budget_tokens:4000}}                         | low,medium,high | medium",
                "{thinking:{type:'enabled',budget_tokens:31999}}                        | low,medium,high | high",
                "{max_tokens:1,thinking:{type:'adaptive'},output_config:{effort:'max'}} | low,high      | low"
            })
    void theEffortIsWhatTheModelAcceptsOfWhatIsAsked(String request, String accepted, String effort) {
        assertThat(EffortChoice.of(RequestReader.read(Json.of(request)), Quirks.parse("", accepted))
                        .map(Effort::externalName))
                .contains(effort);
        assertThat(EffortChoice.of(RequestReader.read(Json.of(request)), Quirks.NONE))
                .isEmpty();
    }
}
