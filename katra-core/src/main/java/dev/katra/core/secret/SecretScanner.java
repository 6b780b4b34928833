package dev.katra.core.secret;

import dev.katra.core.contract.SessionContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds keys and tokens in texts by their shapes: those that vendors give their keys so that they can be found, as
 * gitleaks knows them (config/gitleaks.toml, commit b58d3f1), and those of the shipped providers. A key is long and
 * random, so names, placeholders, hashes, UUIDs and encoded data are left alone.
 */
public final class SecretScanner {

    /**
     * Describes one kind of secret.
     *
     * @param word a word that a text with such a secret must contain, in any case; it is looked for first
     * @param shape the pattern whose first group, if it has one, or else the whole match is the secret
     * @param random true if the match must look random to be a secret
     */
    private record SecretKind(String name, String word, Pattern shape, boolean random) {

        SecretKind {
            word = word.toLowerCase(Locale.ROOT);
        }

        static SecretKind of(String name, String word, String shape) {
            return new SecretKind(name, word, Pattern.compile(BEFORE + shape), false);
        }

        static SecretKind random(String name, String word, String shape) {
            return new SecretKind(name, word, Pattern.compile(BEFORE + shape), true);
        }
    }

    /** The beginning of a pattern that must not match in the middle of another word or of encoded data. */
    private static final String BEFORE = "(?<![A-Za-z0-9_+/-])";

    /** The end of a pattern that must not be followed by more letters or digits. */
    private static final String AFTER = "(?![A-Za-z0-9_])";

    private static final Pattern LIKE_A_KEY = Pattern.compile(
            "(?i)\\b(?:(?:sk|gsk|xai|nvapi|key|pk|rk)-|(?:sk|gsk|hf)_|AIza|eyJ)[A-Za-z0-9*._-]{6,}|(?<=bearer )[A-Za-z0-9*._-]{6,}");

    private static final List<SecretKind> KINDS = List.of(
            new SecretKind(
                    "private key",
                    "private key",
                    Pattern.compile("-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{0,20000}?"
                            + "(?:-----END[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
                    false),
            SecretKind.random("Anthropic key", "sk-ant-", "sk-ant-[a-z]{2,10}[0-9]{2}-[A-Za-z0-9_-]{20,}"),
            SecretKind.random("OpenRouter key", "sk-or-", "sk-or-(?:v[0-9]-)?[A-Za-z0-9]{20,}" + AFTER),
            SecretKind.random("OpenAI key", "sk-", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}"),
            SecretKind.random("API key", "sk-", "sk-(?:[A-Za-z]{1,8}-)?[A-Za-z0-9]{20,}" + AFTER),
            SecretKind.random("Groq key", "gsk_", "gsk_[A-Za-z0-9]{20,}" + AFTER),
            SecretKind.random("xAI key", "xai-", "xai-[A-Za-z0-9]{20,}" + AFTER),
            SecretKind.random("Google key", "AIza", "AIza[A-Za-z0-9_-]{35}" + AFTER),
            SecretKind.random("NVIDIA key", "nvapi-", "nvapi-[A-Za-z0-9_-]{20,}"),
            SecretKind.random("Perplexity key", "pplx-", "pplx-[A-Za-z0-9]{40,}" + AFTER),
            SecretKind.of("Hugging Face token", "hf_", "hf_[A-Za-z0-9]{34,}" + AFTER),
            SecretKind.random("GitHub token", "gh", "gh[pousr]_[A-Za-z0-9]{36,}" + AFTER),
            SecretKind.random("GitHub token", "github_pat_", "github_pat_[A-Za-z0-9_]{36,}"),
            SecretKind.random("GitLab token", "glpat-", "glpat-[A-Za-z0-9_-]{20,}"),
            SecretKind.random("npm token", "npm_", "npm_[A-Za-z0-9]{36}" + AFTER),
            SecretKind.random("Stripe key", "k_", "[sr]k_(?:test|live|prod)_[A-Za-z0-9]{10,99}" + AFTER),
            SecretKind.of("AWS key id", "A", "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}" + AFTER),
            new SecretKind(
                    "AWS secret key",
                    "secret",
                    Pattern.compile(
                            "(?i)aws_?secret_?(?:access_?)?key[\"'\\s:=>]{1,8}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"),
                    true),
            SecretKind.random("Slack token", "xox", "xox[a-z](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}"),
            SecretKind.random("Slack token", "xapp-", "xapp-[0-9]-[A-Za-z0-9-]{20,}"),
            SecretKind.random(
                    "web token",
                    "ey",
                    "ey[A-Za-z0-9_-]{15,}\\.ey[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}={0,2}" + AFTER),
            new SecretKind(
                    "Authorization header",
                    "authorization",
                    Pattern.compile("(?i)authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:bearer|basic|token)\\s{1,4}"
                            + "([A-Za-z0-9._~+/-]{16,}={0,2})"),
                    true),
            new SecretKind(
                    "session token",
                    "katra_session_token",
                    Pattern.compile(
                            SessionContract.TOKEN_VARIABLE + "[\"'\\s:=]{1,8}([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])"),
                    false));

    private SecretScanner() {}

    /**
     * Holds a text in which the secrets are masked.
     *
     * @param kinds the names of their kinds, each as often as it was there
     */
    public record MaskResult(String text, List<String> kinds) {

        public MaskResult {
            kinds = List.copyOf(kinds);
        }

        /** Returns the kinds in one line, such as "GitHub token, API key (2)"; empty if there are none. */
        public String summary() {
            List<String> words = new ArrayList<>();
            for (String kind : kinds.stream().distinct().toList()) {
                long times = kinds.stream().filter(kind::equals).count();
                words.add(times == 1 ? kind : kind + " (" + times + ")");
            }
            return String.join(", ", words);
        }
    }

    /**
     * Returns the text of an error or a trace without anything that could be a key, even if other words are lost with
     * it.
     */
    public static String redact(String text) {
        return LIKE_A_KEY.matcher(text).replaceAll("[key]");
    }

    /** Returns the text with the name of its kind in the place of every secret: {@code [GitHub token]}. */
    public static MaskResult mask(String text) {
        String masked = text;
        String lower = text.toLowerCase(Locale.ROOT); // once: most texts have none of the words
        List<String> found = new ArrayList<>();
        for (SecretKind kind : KINDS) {
            if (lower.contains(kind.word())) {
                masked = without(kind, masked, found);
            }
        }
        return new MaskResult(masked, found);
    }

    private static String without(SecretKind kind, String text, List<String> found) {
        Matcher matcher = kind.shape().matcher(text);
        StringBuilder rest = new StringBuilder();
        int copied = 0;
        while (matcher.find()) {
            int group = matcher.groupCount();
            if (!kind.random() || isRandom(matcher.group(group))) {
                rest.append(text, copied, matcher.start(group))
                        .append('[')
                        .append(kind.name())
                        .append(']');
                copied = matcher.end(group);
                found.add(kind.name());
            }
        }
        return copied == 0 ? text : rest.append(text, copied, text.length()).toString();
    }

    /**
     * Returns whether the end of the secret mixes letters with digits or both cases, and does not repeat a few
     * characters.
     */
    private static boolean isRandom(String secret) {
        String end = secret.substring(secret.length() / 3);
        boolean mixed = end.chars().anyMatch(Character::isDigit)
                || (end.chars().anyMatch(Character::isLowerCase) && end.chars().anyMatch(Character::isUpperCase));
        return mixed
                && end.chars().anyMatch(Character::isLetter)
                && end.chars().distinct().count() >= 6;
    }
}
