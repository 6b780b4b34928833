import java.util.Arrays;
import java.util.Random;

/**
 * Made-up notes that are the same on every run and every machine: words drawn from a vocabulary by Zipf's law, the most
 * common of them the most common words of English, the others made of syllables. A note is made of its number alone, and so is a memory: most are as short as a note, some are
 * as long as minutes of a meeting or a post-mortem.
 */
final class Corpus {

    static final int VOCABULARY = 30_000;
    static final long SEED = 20_261_123;
    static final double EXPONENT = 1.0;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 40;

    /** Of a hundred memories so many have about 1 to 3 kB. */
    private static final int LONG_SHARE = 5;

    private static final int LONG_SHORTEST = 180;
    private static final int LONG_LONGEST = 500;
    /** Of a hundred memories so many have about 8 to 20 kB. */
    private static final int VERY_LONG_SHARE = 1;

    private static final int VERY_LONG_SHORTEST = 1_350;
    private static final int VERY_LONG_LONGEST = 3_200;

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

    /** The memories in words, for a report. */
    static String described() {
        return "seed " + SEED + ", " + VOCABULARY + " words by Zipf's law (exponent " + EXPONENT + "), " + SHORTEST + " to "
                + LONGEST + " words each, " + LONG_SHARE + " % of them " + LONG_SHORTEST + " to " + LONG_LONGEST + ", "
                + VERY_LONG_SHARE + " % " + VERY_LONG_SHORTEST + " to " + VERY_LONG_LONGEST;
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
        return String.join(" ", words(number, SHORTEST, LONGEST));
    }

    /** The memory of a number: its note, unless it is one of the long ones. */
    String memory(long number) {
        return String.join(" ", memoryWords(number));
    }

    private String[] memoryWords(long number) {
        int of100 = random(number, 3).nextInt(100);
        if (of100 < VERY_LONG_SHARE) {
            return words(number, VERY_LONG_SHORTEST, VERY_LONG_LONGEST);
        }
        return of100 < VERY_LONG_SHARE + LONG_SHARE
                ? words(number, LONG_SHORTEST, LONG_LONGEST)
                : words(number, SHORTEST, LONGEST);
    }

    private String[] words(long number, int shortest, int longest) {
        Random random = random(number, 0);
        String[] words = new String[shortest + random.nextInt(longest - shortest + 1)];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(random);
        }
        return words;
    }

    /** A tag of it; there are fifty. */
    String tag(long number) {
        return "tag" + random(number, 1).nextInt(50);
    }

    /** A question about one of so many memories: three to six of its words, of a long one those of one passage. */
    String question(long number, long memories) {
        Random random = random(number, 2);
        String[] memory = memoryWords(Math.floorMod(random.nextLong(), memories));
        StringBuilder question = new StringBuilder();
        int length = 3 + random.nextInt(4);
        int passage = Math.min(memory.length, LONGEST);
        int start = memory.length > LONGEST ? random.nextInt(memory.length - LONGEST + 1) : 0;
        for (int i = 0; i < length; i++) {
            question.append(i == 0 ? "" : " ").append(memory[start + random.nextInt(passage)]);
        }
        return question.toString();
    }
}
