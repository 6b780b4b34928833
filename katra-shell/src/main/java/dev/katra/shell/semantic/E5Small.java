package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import dev.katra.core.semantic.Embedder;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Embeds text with the model e5-small-v2, whose weights have one byte and which was trained on English. It reads the
 * first 512 tokens of a text, some 2,000 characters.
 */
final class E5Small implements Embedder {

    static final String ID = "e5-small-v2-q";

    private static final int DIMENSIONS = 384;
    private static final int MAX_TOKENS = 512;
    /** The maximum number of characters that are read: more than as many tokens of text that makes sense can have. */
    private static final int MAX_CHARACTERS = 32 * MAX_TOKENS;

    /**
     * The similarity below which a memory is unrelated to a question. Measured on the first half of the retrieval test
     * set: what answers a question is at 0.77 and more, and what is nearest to one that nothing answers is at up to
     * 0.84, so this takes the far end off and no more.
     */
    private static final double UNRELATED_BELOW = 0.77;

    /**
     * The similarity from which a memory is likely to answer a question whatever its words. Measured on that half and on
     * DevMemBench: of the questions that have an answer less than one in ten finds nothing as near.
     */
    private static final double ANSWERS_FROM = 0.86;

    private final WordPieceTokenizer tokenizer;
    private final OnnxRuntime.Session session;

    private E5Small(WordPieceTokenizer tokenizer, OnnxRuntime.Session session) {
        this.tokenizer = tokenizer;
        this.session = session;
    }

    /**
     * Loads the model.
     *
     * @throws Failure UNAVAILABLE if it cannot be loaded on this machine
     */
    static E5Small load(ModelFiles files) {
        try {
            return new E5Small(
                    WordPieceTokenizer.read(files.tokenizer()),
                    OnnxRuntime.of(files).open(files));
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            if (e instanceof Failure failure) {
                throw failure;
            }
            throw Failure.unavailable("the model in " + files.folder() + " cannot be loaded")
                    .hint("have it fetched again: katra memory semantic off --delete, then katra memory semantic on")
                    .cause(e);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public double unrelatedCosine() {
        return UNRELATED_BELOW;
    }

    @Override
    public double answeringCosine() {
        return ANSWERS_FROM;
    }

    @Override
    public float[] embedQuestion(String text) {
        return embed("query: " + beginning(text));
    }

    @Override
    public float[] embedText(String text) {
        return embed("passage: " + beginning(text));
    }

    @Override
    public void close() {
        session.close();
    }

    private static String beginning(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    }

    private float[] embed(String text) {
        FloatBuffer all = session.run(tokenizer.tokenIds(text, MAX_TOKENS));
        float[] mean = new float[DIMENSIONS];
        for (int i = 0; all.hasRemaining(); i = (i + 1) % DIMENSIONS) {
            mean[i] += all.get();
        }
        double square = 0;
        for (float part : mean) {
            square += part * part;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < DIMENSIONS; i++) {
            mean[i] /= length;
        }
        return mean;
    }
}
