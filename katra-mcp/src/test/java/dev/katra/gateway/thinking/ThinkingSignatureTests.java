package dev.katra.gateway.thinking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingSignatureTests {

    @Test
    void anItemReturnsToItsProviderOnly() {
        var item = new ThinkingSignature.Item("acme", "rs_1", "gAA");
        assertThat(ThinkingSignature.item(ThinkingSignature.of(item), "acme")).contains(item);
        assertThat(ThinkingSignature.item(ThinkingSignature.of(item), "other")).isEmpty();
        assertThat(ThinkingSignature.own(ThinkingSignature.of(item))).isTrue();
    }

    @Test
    void whatBelongsToACallReturnsToItsProviderOnly() {
        var call = new ThinkingSignature.Call("acme", "c1", Json.of("{google:{thought_signature:'Eq'}}"));
        String signature = ThinkingSignature.of(call);
        assertThat(ThinkingSignature.call(signature, "acme")).contains(call);
        assertThat(ThinkingSignature.call(signature, "other")).isEmpty();
        assertThat(ThinkingSignature.item(signature, "acme")).isEmpty();
        assertThat(ThinkingSignature.call(
                        ThinkingSignature.of(new ThinkingSignature.Item("acme", "rs_1", "gAA")), "acme"))
                .isEmpty();
        assertThat(ThinkingSignature.own(signature)).isTrue();
        assertThat(ThinkingSignature.mayBeContainedIn("{\"signature\":\"" + signature + "\"}"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EqQBCgIYAhIM", "katra-thinking:ab", "katra-reasoning:!!", "katra-reasoning:e30="})
    void whatIsNoItemGivesNone(String signature) {
        assertThat(ThinkingSignature.item(signature, "acme")).isEmpty();
        assertThat(ThinkingSignature.call(signature.replace("katra-reasoning", "katra-call"), "acme"))
                .isEmpty();
    }
}
