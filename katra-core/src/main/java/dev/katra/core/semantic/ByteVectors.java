package dev.katra.core.semantic;

/**
 * Computes with vectors of one signed byte per dimension: they take a quarter of the memory, and order texts nearly as
 * floats do.
 */
final class ByteVectors {

    private ByteVectors() {}

    /** Returns the vector with the same direction whose largest part is 127. */
    static byte[] quantize(float[] vector) {
        float largest = 0;
        for (float part : vector) {
            largest = Math.max(largest, Math.abs(part));
        }
        byte[] bytes = new byte[vector.length];
        if (largest > 0) {
            for (int i = 0; i < vector.length; i++) {
                bytes[i] = (byte) Math.round(vector[i] * 127 / largest);
            }
        }
        return bytes;
    }

    /** Returns the dot product of a vector and the one at this offset of a block. */
    static int dotProduct(byte[] vector, byte[] block, int from) {
        int sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * block[from + i];
        }
        return sum;
    }

    /** Returns the length of a vector; 1 for a zero vector, which is then far from everything. */
    static float length(byte[] vector) {
        int square = dotProduct(vector, vector, 0);
        return square == 0 ? 1 : (float) Math.sqrt(square);
    }
}
