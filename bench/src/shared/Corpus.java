import java.util.Arrays;
import java.util.Random;

/**
 * Made-up notes that are the same on every run and every machine: words drawn from a vocabulary by Zipf's law, the most
 * common of them the most common words of English, the others made of syllables. A note is made of its number alone.
 */
final class Corpus {

    static final int VOCABULARY = 30_000;
    static final long SEED = 20_261_123;
    static final double EXPONENT = 1.0;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 40;

    private final String[] words = new String[VOCABULARY];
    private final double[] sums = new double[VOCABULARY];

    Corpus() {
        String[] common = Text.words();
        Random random = new Random(SEED);
        double sum = 0;
        for (int rank = 0; rank < VOCABULARY; rank++) {
            words[rank] = rank < common.length ? common[rank] : made(random);
            sum += 1 / Math.pow(rank + 1.0, EXPONENT);
            sums[rank] = sum;
        }
    }

    /** In words, for a report. */
    static String described() {
        return "seed " + SEED + ", " + VOCABULARY + " words by Zipf's law (exponent " + EXPONENT + "), " + SHORTEST + " to "
                + LONGEST + " words each";
    }

    private static String made(Random random) {
        StringBuilder word = new StringBuilder();
        int syllables = 2 + random.nextInt(3);
        for (int i = 0; i < syllables; i++) {
            word.append("bcdfghjklmnprstvwz".charAt(random.nextInt(18))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.append("lnrstx".charAt(random.nextInt(6))).toString();
    }

    private String word(Random random) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[VOCABULARY - 1]);
        return words[Math.min(VOCABULARY - 1, at < 0 ? -at - 1 : at)];
    }

    private static Random random(long number, int purpose) {
        Random random = new Random(SEED ^ (number * 0x9E3779B97F4A7C15L) ^ purpose);
        random.nextLong();
        return random;
    }

    /** The note of a number. */
    String note(long number) {
        return String.join(" ", words(number));
    }

    private String[] words(long number) {
        Random random = random(number, 0);
        String[] note = new String[SHORTEST + random.nextInt(LONGEST - SHORTEST + 1)];
        for (int i = 0; i < note.length; i++) {
            note[i] = word(random);
        }
        return note;
    }

    /** A tag of it; there are fifty. */
    String tag(long number) {
        return "tag" + random(number, 1).nextInt(50);
    }

    /** A question about one of so many notes: three to six of its words. */
    String question(long number, long notes) {
        Random random = random(number, 2);
        String[] note = words(Math.floorMod(random.nextLong(), notes));
        StringBuilder question = new StringBuilder();
        int length = 3 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            question.append(i == 0 ? "" : " ").append(note[random.nextInt(note.length)]);
        }
        return question.toString();
    }
}
