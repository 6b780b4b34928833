package dev.katra.core.semantic;

/**
 * Computes vectors of texts, all of one length, whose directions are the closer the more the texts have in common. Any
 * number of threads may use it at once, until it is closed. A text that is too long is truncated.
 */
public interface Embedder extends AutoCloseable {

    /** Returns the name and version of the embedder: vectors of two embedders cannot be compared. */
    String id();

    /** Returns the number of dimensions of its vectors. */
    int dimensions();

    /** Returns the cosine of a question and a text up to which they are unrelated. */
    double unrelatedCosine();

    /**
     * Returns the cosine, above {@link #unrelatedCosine}, from which a text is likely to answer a question though it has
     * none of its words.
     */
    double answeringCosine();

    /** Returns the vector of a question. */
    float[] embedQuestion(String text);

    /** Returns the vector of a text that questions may ask for. */
    float[] embedText(String text);

    /** Releases the memory and the files that the embedder holds. */
    @Override
    void close();
}
