package dev.katra.core.semantic;

/**
 * Turns texts into vectors of one length that point the same way the more the texts have in common. Any number of threads
 * may use it at once, until it is closed. What is too long for it is cut.
 */
public interface Embedder extends AutoCloseable {

    /** Names it with its version: vectors of two embedders cannot be compared. */
    String id();

    /** The length of its vectors. */
    int dimensions();

    /** The cosine of a question and a text up to which they have nothing to do with each other. */
    double unrelated();

    /** The vector of a question. */
    float[] query(String text);

    /** The vector of a text that questions may ask for. */
    float[] passage(String text);

    /** Gives back what it holds. */
    @Override
    void close();
}
