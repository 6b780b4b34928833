package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.gateway.mock.Answer;
import dev.katra.mcp.gateway.mock.Api;
import dev.katra.mcp.gateway.mock.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The real Claude Code on models that speak OpenAI's formats, in either of them. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class GatewayIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @ParameterizedTest
    @EnumSource(names = {"RESPONSES", "CHAT"})
    void aFileIsReadAndEdited(Api api) throws Exception {
        try (GatewaySession ed = new GatewaySession(world, "Ed", api)) {
            Path note = Files.writeString(ed.folder().resolve("note.txt"), "the light is red\n");
            ed.scripted(
                    Answer.tools(Part.Call.with("Read", "file_path", note.toString())),
                    Answer.thought("Green it is.")
                            .andText("I change it.")
                            .with(Part.Call.with(
                                    "Edit", "file_path", note.toString(), "old_string", "red", "new_string", "green")),
                    Answer.text("It is green now."));

            JsonNode said = ed.print("Make the light green.", "--permission-mode", "acceptEdits");

            assertThat(said.path("result").asString("")).isEqualTo("It is green now.");
            assertThat(note).hasContent("the light is green\n");
            assertThat(ed.asked().get(1).result("Read"))
                    .hasValueSatisfying(text -> assertThat(text).contains("the light is red"));
            assertThat(ed.asked().get(2).result("Edit"))
                    .hasValueSatisfying(text -> assertThat(text).contains("updated successfully"));
        }
    }
}
