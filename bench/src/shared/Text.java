import java.util.Random;

/** English-like text that is the same on every run: common words, so that tokenizers have the work they have in life. */
final class Text {

    private static final String[] WORDS =
            ("the of and to in is you that it for on are with as this be at or from have by not but what all were when"
                + " your can there use each which do how their if will up other about out many then them these so some"
                + " would make like him into time has look two more write see number way could people than first water"
                + " been call who its now find long down day did get come made may part file line test code value"
                + " change read command output error path function result name list before after between under tool"
                + " search project user message answer question small large open close start end run build check keep"
                + " need never always work follow instead return because through")
                    .split(" ");

    private final Random random;

    Text(long seed) {
        random = new Random(seed);
    }

    /** All words, the most common of English first, or nearly so. */
    static String[] words() {
        return WORDS.clone();
    }

    String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    int number(int below) {
        return random.nextInt(below);
    }

    /** Sentences, cut to exactly so many characters of ASCII, none of which JSON has to escape. */
    String of(int characters) {
        StringBuilder text = new StringBuilder(characters + 16);
        int left = 0;
        while (text.length() < characters) {
            String word = word();
            if (left == 0) {
                left = 6 + random.nextInt(12);
                word = Character.toUpperCase(word.charAt(0)) + word.substring(1);
            }
            text.append(word).append(--left == 0 ? ". " : " ");
        }
        text.setLength(characters);
        return text.toString();
    }
}
