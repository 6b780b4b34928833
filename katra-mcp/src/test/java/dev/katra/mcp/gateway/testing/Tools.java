package dev.katra.mcp.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What both formats demand of tools and calls. */
final class Tools {

    private Tools() {}

    static void name(JsonNode name) {
        assertThat(name.asString("")).matches("[a-zA-Z0-9_-]{1,64}");
    }

    static String id(JsonNode id) {
        assertThat(id.asString("")).isNotEmpty().hasSizeLessThanOrEqualTo(64);
        return id.asString("");
    }

    static void arguments(JsonNode arguments) {
        assertThat(arguments.isString()).isTrue();
        assertThat(JsonMapper.shared().readTree(arguments.asString()).isObject())
                .isTrue();
    }

    static void parameters(JsonNode schema) {
        assertThat(schema.path("type").asString("")).isEqualTo("object");
        assertThat(schema.path("properties").isObject()).isTrue();
    }
}
