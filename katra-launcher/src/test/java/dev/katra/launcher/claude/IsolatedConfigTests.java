package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class IsolatedConfigTests {

    private static final String KEY = "sk-ant-0123456789abcdefghij";

    @TempDir
    Path folder;

    @Test
    void theQuestionsOfAFirstRunAreAnswered() throws Exception {
        Path work = Files.createDirectory(folder.toRealPath().resolve("work"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), work);

        Path config = IsolatedConfig.prepare(home(), "Sam", link, null);

        assertThat(config).isEqualTo(home().root().resolve("claude-config/Sam"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rwx------");
        JsonNode json = json(config);
        assertThat(json.at("/hasCompletedOnboarding").booleanValue()).isTrue();
        assertThat(json.get("projects")
                        .get(work.toString())
                        .get("hasTrustDialogAccepted")
                        .booleanValue())
                .isTrue();
        assertThat(json.has("customApiKeyResponses")).isFalse();
    }

    @Test
    void aKeyIsApprovedByItsTailOnce() throws Exception {
        IsolatedConfig.prepare(home(), "Sam", folder, KEY);
        Path config = IsolatedConfig.prepare(home(), "Sam", folder, KEY);

        assertThat(json(config).at("/customApiKeyResponses/approved"))
                .isEqualTo(UserJson.JSON.readTree("[\"0123456789abcdefghij\"]"));
        assertThat(Files.readString(config.resolve(".claude.json"))).doesNotContain(KEY);
    }

    @Test
    void whatTheClientWroteIsKept() throws Exception {
        Path config = IsolatedConfig.prepare(home(), "Sam", folder, null);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(config.resolve(".claude.json"), """
                {"numStartups": 7, "projects": {"%s": {"allowedTools": ["x"]}, "/p": {"y": 1}}}
                """.formatted(other.toRealPath()));

        IsolatedConfig.prepare(home(), "Sam", other, KEY);

        assertThat(json(config)).isEqualTo(UserJson.JSON.readTree("""
                {"numStartups": 7, "hasCompletedOnboarding": true,
                 "projects": {"%s": {"allowedTools": ["x"], "hasTrustDialogAccepted": true}, "/p": {"y": 1}},
                 "customApiKeyResponses": {"approved": ["0123456789abcdefghij"]}}
                """.formatted(other.toRealPath())));
    }

    @Test
    void aDamagedFileIsNamedAndLeftAlone() throws Exception {
        Path file = IsolatedConfig.prepare(home(), "Sam", folder, null).resolve(".claude.json");
        Files.writeString(file, "{");

        Failure failure =
                catchThrowableOfType(Failure.class, () -> IsolatedConfig.prepare(home(), "Sam", folder, null));

        assertThat(failure.text()).contains(file.toString());
        assertThat(file).hasContent("{");
    }

    private KatraHome home() {
        return new KatraHome(folder.resolve("home"));
    }

    private static JsonNode json(Path config) throws Exception {
        return UserJson.JSON.readTree(Files.readString(config.resolve(".claude.json")));
    }
}
