package dev.katra.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTests {

    /** Characters by lot, the same in every run; in the source no scanner takes them for keys. */
    private static String lot(int length) {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        return new Random(length)
                .ints(length, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @CsvSource({
        "sk-ant-api03-,95,Anthropic key",
        "sk-ant-admin01-,95,Anthropic key",
        "sk-ant-oat01-,86,Anthropic key",
        "sk-or-v1-,64,OpenRouter key",
        "sk-proj-,156,OpenAI key",
        "sk-svcacct-,120,OpenAI key",
        "sk-,48,API key",
        "sk-,32,API key",
        "sk-cp-,64,API key",
        "gsk_,52,Groq key",
        "xai-,80,xAI key",
        "AIza,35,Google key",
        "nvapi-,64,NVIDIA key",
        "pplx-,48,Perplexity key",
        "hf_,34,Hugging Face token",
        "ghp_,36,GitHub token",
        "gho_,36,GitHub token",
        "ghs_,36,GitHub token",
        "github_pat_,82,GitHub token",
        "glpat-,20,GitLab token",
        "npm_,36,npm token",
        "sk_live_,24,Stripe key",
        "xoxb-,40,Slack token",
        "xoxp-,50,Slack token",
        "xapp-1-,40,Slack token",
    })
    void aKeyIsMasked(String prefix, int length, String kind) {
        String key = prefix + lot(length);
        for (String around :
                List.of("%s", "the key is %s.", "KEY=%s\nnext", "\"%s\",", "(%s)", "https://a.test/?k=%s&b")) {
            SecretScanner.MaskResult masked = SecretScanner.mask(String.format(around, key));
            assertThat(masked.text()).isEqualTo(String.format(around, "[" + kind + "]"));
            assertThat(masked.kinds()).containsExactly(kind);
        }
    }

    @Test
    void whatStandsInAFormIsMasked() {
        String token = lot(43);
        String web = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + lot(43);
        assertThat(SecretScanner.mask("export KATRA_SESSION_TOKEN=" + token).text())
                .isEqualTo("export KATRA_SESSION_TOKEN=[session token]");
        assertThat(SecretScanner.mask("aws_secret_access_key = " + lot(40)).text())
                .isEqualTo("aws_secret_access_key = [AWS secret key]");
        assertThat(SecretScanner.mask("id AKIA" + "QWERTYUIOPASDF77").text()).isEqualTo("id [AWS key id]");
        assertThat(SecretScanner.mask("-H 'Authorization: Bearer " + lot(40) + "' x")
                        .text())
                .isEqualTo("-H 'Authorization: Bearer [Authorization header]' x");
        assertThat(SecretScanner.mask("token " + web + " ends").text()).isEqualTo("token [web token] ends");
        assertThat(SecretScanner.mask(
                                "-----BEGIN RSA PRIVATE KEY-----\n" + lot(64) + "\n-----END RSA PRIVATE KEY-----\nrest")
                        .text())
                .isEqualTo("[private key]\nrest");
        assertThat(SecretScanner.mask("-----BEGIN PRIVATE KEY-----\n" + lot(64)).text())
                .as("one that is cut")
                .isEqualTo("[private key]");
    }

    @Test
    void allOfThemAreMaskedAndCounted() {
        SecretScanner.MaskResult masked = SecretScanner.mask("ghp_" + lot(36) + " gho_" + lot(36) + " gsk_" + lot(52));
        assertThat(masked.text()).isEqualTo("[GitHub token] [GitHub token] [Groq key]");
        assertThat(masked.summary()).isEqualTo("Groq key, GitHub token (2)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8f14e45fceea167a5a36dedd4bea2543f1a2b3c4",
                "commit 1c3b7f5d0a9b8c7e6f5a4b3c2d1e0f9a8b7c6d5e",
                "123e4567-e89b-12d3-a456-426614174000",
                "sk-learn, sk-1, risk-taking, sk-ant-, the prefix is sk-ant-api03-",
                "sk-proj-my-very-long-project-name-without-numbers",
                "task-1234567890abcdefghijklmnop and disk-0123456789abcdef01234567",
                "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "sk-your-key-here, ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "use AKIA ids; AKIAlike; github_pat_ tokens; xoxb-token; gsk_key",
                "Authorization: Bearer TOKEN, Authorization: Bearer $KATRA_SESSION_TOKEN",
                "export KATRA_SESSION_TOKEN=$(cat token)",
                "-----BEGIN PUBLIC KEY----- and -----BEGIN CERTIFICATE-----",
                "the private key is in the vault, not in the memory",
                "eyes.eye.ey and keyring.eyJ",
                "npm_config_registry, hf_hub_download, npm_lifecycle_event",
                "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
            })
    void whatIsNoKeyStays(String text) {
        assertThat(SecretScanner.mask(text)).isEqualTo(new SecretScanner.MaskResult(text, List.of()));
    }

    @Test
    void encodedDataStays() {
        byte[] image = new byte[300_000];
        new Random(7).nextBytes(image);
        String text = "data:image/png;base64," + Base64.getEncoder().encodeToString(image);
        assertThat(SecretScanner.mask(text).kinds()).isEmpty();
        String hex = "0123456789abcdef".repeat(4000);
        assertThat(SecretScanner.mask(hex).kinds()).isEmpty();
    }

    @Test
    void aLongTextTakesMoments() {
        String text = ("sk-ey-AKIA-----BEGIN PRIVATE KEY authorization: eyA." + "a".repeat(50)).repeat(700);
        assertThat(org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(2), () -> SecretScanner.mask(text)))
                .isNotNull();
    }
}
