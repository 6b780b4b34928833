package dev.katra.shell.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThirdPartyNoticesTests {

    private static final String APACHE = "{\"license\":{\"id\":\"Apache-2.0\",\"url\":\"https://apache.test\"}}";

    @TempDir
    Path katra;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(katra.resolve("lib"));
        jar("katra-core-1.jar", Map.of("META-INF/LICENSE", "our own"));
    }

    @Test
    void namesEachJarOfOthersWithItsLicencesAndItsTexts() throws Exception {
        jar(
                "a-1.jar",
                Map.of(
                        "META-INF/LICENSE",
                        "the same\r\ntext\n",
                        "META-INF/NOTICE.txt",
                        "a notice",
                        "x/License.class",
                        "no"));
        jar("b-2.jar", Map.of("META-INF/maven/g/b/LICENSE.zentus", "the same\ntext", "license.properties", "x"));
        bill(
                component("a-1.jar", "a", "1", APACHE),
                component("b-2.jar", "b", "2", "{\"license\":{\"name\":\"MIT\"}},{\"expression\":\"X OR Y\"}"));

        ThirdPartyNotices.main(new String[] {katra.toString()});

        assertThat(katra.resolve("THIRD-PARTY-NOTICES.txt"))
                .content()
                .contains("a 1 (g)\n    Apache-2.0 <https://apache.test>\n    https://a.test\n")
                .contains("b 2 (g)\n    MIT, X OR Y\n    https://b.test\n")
                .contains("a-1.jar!/META-INF/LICENSE\nb-2.jar!/META-INF/maven/g/b/LICENSE.zentus\n\nthe same\ntext\n")
                .contains("a-1.jar!/META-INF/NOTICE.txt\n\na notice\n")
                .doesNotContain("our own", "License.class", "katra-core");
    }

    @Test
    void aShippedJarThatIsNotInTheBillFailsTheBuild() throws Exception {
        jar("a-1.jar", Map.of());
        jar("stranger-1.jar", Map.of("x", "y"));
        bill(component("a-1.jar", "a", "1", APACHE));

        assertThatThrownBy(() -> ThirdPartyNotices.main(new String[] {katra.toString()}))
                .hasMessage("stranger-1.jar is shipped, and is not in the bill of materials");
    }

    @Test
    void aShippedJarWithoutALicenceFailsTheBuild() throws Exception {
        jar("a-1.jar", Map.of());
        bill(component("a-1.jar", "a", "1", "{\"license\":{\"name\":\" \"}}"));

        assertThatThrownBy(() -> ThirdPartyNotices.main(new String[] {katra.toString()}))
                .hasMessage("a-1.jar is shipped, and the bill of materials has no licence of it");
    }

    private void jar(String name, Map<String, String> entries) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(katra.resolve("lib/" + name)))) {
            jar.setComment(name); // so that no two are the same
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void bill(String... components) throws IOException {
        Files.writeString(katra.resolve("sbom.json"), "{\"components\":[" + String.join(",", components) + "]}");
    }

    private String component(String jar, String name, String version, String licences) throws Exception {
        String hash = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(katra.resolve("lib/" + jar))));
        return "{\"group\":\"g\",\"name\":\"" + name + "\",\"version\":\"" + version
                + "\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"" + hash + "\"}],\"licenses\":[" + licences
                + "],\"externalReferences\":[{\"type\":\"website\",\"url\":\"https://" + name + ".test\"}]}";
    }
}
