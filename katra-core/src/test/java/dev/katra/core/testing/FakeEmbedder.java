package dev.katra.core.testing;

import dev.katra.core.semantic.Embedder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** An embedder that knows a few synonyms and takes each other word for itself; it can be held, and it can fail. */
public final class FakeEmbedder implements Embedder {

    /** More would be rows that say nothing. */
    public static final int DIMENSIONS = 64;

    private static final int MOST_WORDS = 200;

    private static final Map<String, String> SYNONYMS = Map.of(
            "automobile", "car", "vehicle", "car", "purchased", "bought", "acquired", "bought", "physician", "doctor");

    private final String id;
    private final Semaphore passages = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean failing;
    private volatile boolean closed;

    /** One whose vectors are its own. */
    public FakeEmbedder(String id) {
        this.id = id;
    }

    /** From now on it embeds so many passages, and then waits for more leave. */
    public FakeEmbedder allow(int more) {
        passages.drainPermits();
        passages.release(more);
        return this;
    }

    /** Embeds as many as come again. */
    public void release() {
        passages.release(Integer.MAX_VALUE - passages.availablePermits());
    }

    /** Whether it is at a passage that it has no leave for. */
    public boolean waiting() {
        return passages.hasQueuedThreads();
    }

    /** Whether it throws, whatever it is asked. */
    public void fail(boolean fails) {
        failing = fails;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public double unrelatedCosine() {
        return 0.2;
    }

    @Override
    public double answeringCosine() {
        return 0.4;
    }

    @Override
    public float[] embedQuestion(String text) {
        return embed(text);
    }

    @Override
    public float[] embedText(String text) {
        passages.acquireUninterruptibly();
        return embed(text);
    }

    @Override
    public void close() {
        closed = true;
    }

    private float[] embed(String text) {
        if (failing || closed) {
            throw new IllegalStateException(closed ? "it is closed" : "it fails");
        }
        float[] vector = new float[DIMENSIONS];
        String[] words = text.toLowerCase(Locale.ROOT).split("\\W+", MOST_WORDS + 1);
        for (int i = 0; i < Math.min(words.length, MOST_WORDS); i++) {
            String word = SYNONYMS.getOrDefault(words[i], words[i]);
            if (word.length() > 2) {
                vector[Math.floorMod(word.hashCode(), DIMENSIONS)]++;
            }
        }
        vector[0] += 0.01f; // a text without any word points somewhere too
        double square = 0;
        for (float part : vector) {
            square += part * part;
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
