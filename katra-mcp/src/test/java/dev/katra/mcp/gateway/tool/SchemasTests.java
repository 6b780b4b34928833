package dev.katra.mcp.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SchemasTests {

    @Test
    void alternativesAtTheTopBecomePropertiesOfOneObject() {
        JsonNode schema = Json.of("""
                {type:'object',properties:{a:{type:'string'}},required:['a'],
                 allOf:[{properties:{b:{type:'integer'}},required:['b','a']}],
                 anyOf:[{properties:{c:{type:'string'}},required:['c']},{properties:{a:{type:'number'}}}]}""");
        JsonNode before = schema.deepCopy();
        assertThat(Schemas.parameters(schema, false))
                .isEqualTo(
                        Json.of(
                                "{type:'object',properties:{a:{type:'string'},b:{type:'integer'},c:{type:'string'}},required:['a','b']}"));
        assertThat(schema).isEqualTo(before);
    }

    @Test
    void alternativesBelowTheTopStay() {
        JsonNode schema = Json.of("{type:'object',properties:{a:{anyOf:[{type:'string'},{type:'null'}]}}}");
        assertThat(Schemas.parameters(schema, false)).isEqualTo(schema);
    }

    @Test
    void aPropertyMayBeCalledLikeAKeyword() {
        assertThat(Schemas.parameters(
                        Json.of(
                                "{type:'object',properties:{default:{type:'string'},pattern:{type:'string'},$id:{type:'string'}}}"),
                        true))
                .isEqualTo(
                        Json.of(
                                "{type:'object',properties:{default:{type:'string'},pattern:{type:'string'},$id:{type:'string'}}}"));
    }

    @Test
    void listsOfFixedItemsBecomeListsOfTheFirst() {
        assertThat(Schemas.parameters(
                        Json.of(
                                "{type:'object',properties:{p:{type:'array',prefixItems:[{type:'number',multipleOf:2}]}}}"),
                        true))
                .isEqualTo(Json.of("{type:'object',properties:{p:{type:'array',items:{type:'number'}}}}"));
    }
}
