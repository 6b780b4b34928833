package dev.katra.mcp.gateway.thinking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTests {

    @Test
    void anItemReturnsToItsProviderOnly() {
        var item = new Signature.Item("acme", "rs_1", "gAA");
        assertThat(Signature.item(Signature.of(item), "acme")).contains(item);
        assertThat(Signature.item(Signature.of(item), "other")).isEmpty();
        assertThat(Signature.own(Signature.of(item))).isTrue();
    }

    @Test
    void whatBelongsToACallReturnsToItsProviderOnly() {
        var call = new Signature.Call("acme", "c1", Json.of("{google:{thought_signature:'Eq'}}"));
        String signature = Signature.of(call);
        assertThat(Signature.call(signature, "acme")).contains(call);
        assertThat(Signature.call(signature, "other")).isEmpty();
        assertThat(Signature.item(signature, "acme")).isEmpty();
        assertThat(Signature.call(Signature.of(new Signature.Item("acme", "rs_1", "gAA")), "acme"))
                .isEmpty();
        assertThat(Signature.own(signature)).isTrue();
        assertThat(Signature.mayBeIn("{\"signature\":\"" + signature + "\"}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EqQBCgIYAhIM", "katra-thinking:ab", "katra-reasoning:!!", "katra-reasoning:e30="})
    void whatIsNoItemGivesNone(String signature) {
        assertThat(Signature.item(signature, "acme")).isEmpty();
        assertThat(Signature.call(signature.replace("katra-reasoning", "katra-call"), "acme"))
                .isEmpty();
    }
}
