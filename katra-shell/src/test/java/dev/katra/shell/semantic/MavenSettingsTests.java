package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MavenSettingsTests {

    @TempDir
    Path user;

    @Test
    void areTheUsualOnesWithoutAFile() {
        assertThat(MavenSettings.of(user))
                .isEqualTo(new MavenSettings(user.resolve(".m2/repository"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<settings/>",
                "<settings><localRepository/></settings>",
                "<settings><localRepository>${env.REPO}/r</localRepository></settings>",
                "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><settings><localRepository>&x;</localRepository></settings>"
            })
    void areTheUsualOnesWhereAFileSaysNothingThatIsUnderstood(String xml) throws IOException {
        assertThat(settings(xml)).isEqualTo(new MavenSettings(user.resolve(".m2/repository"), Optional.empty()));
    }

    @Test
    void nameTheLocalRepository() throws IOException {
        assertThat(settings("<settings><localRepository>/var/m2</localRepository></settings>")
                        .repository())
                .isEqualTo(Path.of("/var/m2"));
        assertThat(settings("<settings><localRepository>${user.home}/m2</localRepository></settings>")
                        .repository())
                .isEqualTo(user.resolve("m2"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "central, true",
        "'other, central', true",
        "external:*, true",
        "other, false",
        "'*,!central', false"
    })
    void nameTheMirrorOfCentral(String of, boolean counts) throws IOException {
        assertThat(settings("<settings><mirrors><mirror><id>m</id><mirrorOf>" + of
                                + "</mirrorOf><url>https://m.example/r</url></mirror></mirrors></settings>")
                        .mirror())
                .isEqualTo(counts ? Optional.of("https://m.example/r") : Optional.empty());
    }

    private MavenSettings settings(String xml) throws IOException {
        Files.createDirectories(user.resolve(".m2"));
        Files.writeString(user.resolve(".m2/settings.xml"), xml);
        return MavenSettings.of(user);
    }
}
