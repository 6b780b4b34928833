package dev.katra.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ToolSchemasTests {

    @Test
    void alternativesAtTheTopBecomePropertiesOfOneObject() {
        JsonNode schema = Json.of("""
                {type:'object',properties:{a:{type:'string'}},required:['a'],
                 allOf:[{properties:{b:{type:'integer'}},required:['b','a']}],
                 anyOf:[{properties:{c:{type:'string'}},required:['c']},{properties:{a:{type:'number'}}}]}""");
        JsonNode before = schema.deepCopy();
        assertThat(ToolSchemas.parameters(schema, false))
                .isEqualTo(
                        Json.of(
                                "{type:'object',properties:{a:{type:'string'},b:{type:'integer'},c:{type:'string'}},required:['a','b']}"));
        assertThat(schema).isEqualTo(before);
    }

    @Test
    void alternativesThatAreReferencesKeepTheirParameters() {
        JsonNode schema = Json.of("""
                {anyOf:[{$ref:'#/$defs/Add'},{$ref:'#/$defs/Remove'}],
                 $defs:{Add:{type:'object',properties:{op:{const:'add'},item:{$ref:'#/$defs/Item'}},required:['op','item']},
                        Remove:{allOf:[{$ref:'#/$defs/Base'},{properties:{op:{const:'remove'}},required:['op']}]},
                        Base:{properties:{id:{type:'integer'}}},
                        Item:{type:'object',properties:{name:{type:'string'}}}}}""");
        JsonNode clean = ToolSchemas.parameters(schema, false);
        assertThat(clean.path("properties"))
                .isEqualTo(Json.of("{op:{enum:['add','remove']},item:{$ref:'#/$defs/Item'},id:{type:'integer'}}"));
        assertThat(clean.path("required")).isEqualTo(Json.of("['op']"));
        assertThat(clean.path("type").asString("")).isEqualTo("object");
        assertThat(clean.path("$defs").path("Item").path("properties").has("name"))
                .isTrue();
        assertThat(clean.has("anyOf")).isFalse();
    }

    @Test
    void aReferenceAtTheTopIsFollowedOnce() {
        assertThat(ToolSchemas.parameters(
                                Json.of(
                                        "{$ref:'#/definitions/my%20args',definitions:{'my args':{type:'object',properties:{a:{type:'string'}},required:['a'],additionalProperties:false}}}"),
                                false)
                        .path("properties"))
                .isEqualTo(Json.of("{a:{type:'string'}}"));
        assertThat(ToolSchemas.parameters(Json.of("{$ref:'#'}"), false).path("properties"))
                .isEmpty();
        assertThat(ToolSchemas.parameters(
                                Json.of("{anyOf:[{$ref:'#'},{$ref:'#/$defs/gone'},{properties:{a:{type:'string'}}}]}"),
                                false)
                        .path("properties")
                        .has("a"))
                .isTrue();
    }

    @Test
    void aPropertyThatAlternativesDescribeDifferentlyMayBeAnyOfThem() {
        assertThat(ToolSchemas.parameters(
                                Json.of(
                                        "{oneOf:[{properties:{a:{type:'string'}}},{properties:{a:{type:'number'}}},{properties:{a:{type:'string'}}}]}"),
                                false)
                        .path("properties"))
                .isEqualTo(Json.of("{a:{anyOf:[{type:'string'},{type:'number'}]}}"));
    }

    @Test
    void alternativesBelowTheTopStay() {
        JsonNode schema = Json.of("{type:'object',properties:{a:{anyOf:[{type:'string'},{type:'null'}]}}}");
        assertThat(ToolSchemas.parameters(schema, false)).isEqualTo(schema);
    }

    @Test
    void aPropertyMayBeCalledLikeAKeyword() {
        assertThat(ToolSchemas.parameters(
                        Json.of(
                                "{type:'object',properties:{default:{type:'string'},pattern:{type:'string'},$id:{type:'string'}}}"),
                        true))
                .isEqualTo(
                        Json.of(
                                "{type:'object',properties:{default:{type:'string'},pattern:{type:'string'},$id:{type:'string'}}}"));
    }

    @Test
    void listsOfFixedItemsBecomeListsOfTheFirst() {
        assertThat(ToolSchemas.parameters(
                        Json.of(
                                "{type:'object',properties:{p:{type:'array',prefixItems:[{type:'number',multipleOf:2}]}}}"),
                        true))
                .isEqualTo(Json.of("{type:'object',properties:{p:{type:'array',items:{type:'number'}}}}"));
    }
}
