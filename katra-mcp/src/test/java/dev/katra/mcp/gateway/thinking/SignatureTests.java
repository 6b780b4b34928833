package dev.katra.mcp.gateway.thinking;

import static org.assertj.core.api.Assertions.assertThat;

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

    @ParameterizedTest
    @ValueSource(strings = {"", "EqQBCgIYAhIM", "katra-thinking:ab", "katra-reasoning:!!", "katra-reasoning:e30="})
    void whatIsNoItemGivesNone(String signature) {
        assertThat(Signature.item(signature, "acme")).isEmpty();
    }
}
