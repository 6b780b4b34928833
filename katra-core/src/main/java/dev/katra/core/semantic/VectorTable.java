package dev.katra.core.semantic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;

/**
 * Holds the vectors of memories and searches them one by one. When it is full, the memory with the lowest number gives
 * way to the next. Many threads may search it while one changes it.
 */
final class VectorTable {

    private static final int BLOCK = 1024;

    private final int dimensions;
    private final int most;
    private final List<byte[]> blocks = new ArrayList<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private long[] numbers = new long[BLOCK];
    private float[] lengths = new float[BLOCK];
    private int size;

    /** Names a memory, with the cosine of the angle between its vector and a question's; 1 means the same direction. */
    record Near(long number, double cosine) {}

    VectorTable(int dimensions, int most) {
        this.dimensions = dimensions;
        this.most = most;
    }

    int size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Adds the vector of a memory that is not in the table. A vector of another length is left out. */
    void add(long number, byte[] vector) {
        if (vector.length != dimensions) {
            return;
        }
        lock.writeLock().lock();
        try {
            put(size < most ? grow() : lowest(), number, vector);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Removes the vectors of these memories, if they are in the table. */
    void remove(Collection<Long> gone) {
        Set<Long> wanted = new HashSet<>(gone);
        lock.writeLock().lock();
        try {
            for (int row = size - 1; row >= 0; row--) {
                if (wanted.contains(numbers[row])) {
                    size--;
                    byte[] last = Arrays.copyOfRange(block(size), offset(size), offset(size) + dimensions);
                    put(row, numbers[size], last);
                    Arrays.fill(block(size), offset(size), offset(size) + dimensions, (byte) 0);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns the nearest memories that are allowed and whose cosine is above {@code beyond}, nearest first. */
    List<Near> nearest(byte[] query, LongPredicate allowed, int wanted, double beyond) {
        Comparator<Near> order = Comparator.comparingDouble(Near::cosine).thenComparingLong(Near::number);
        PriorityQueue<Near> best = new PriorityQueue<>(order);
        float length = ByteVectors.length(query);
        lock.readLock().lock();
        try {
            double least = beyond;
            for (int row = 0; row < size; row++) {
                double cosine = ByteVectors.dotProduct(query, block(row), offset(row)) / (length * lengths[row]);
                if (cosine > least && allowed.test(numbers[row])) {
                    best.add(new Near(numbers[row], cosine));
                    if (best.size() > wanted) {
                        best.remove();
                        least = best.element().cosine();
                    }
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return best.stream().sorted(order.reversed()).toList();
    }

    private int grow() {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + size / 2);
            lengths = Arrays.copyOf(lengths, size + size / 2);
        }
        if (size == blocks.size() * BLOCK) {
            blocks.add(new byte[BLOCK * dimensions]);
        }
        return size++;
    }

    private int lowest() {
        int lowest = 0;
        for (int row = 1; row < size; row++) {
            if (numbers[row] < numbers[lowest]) {
                lowest = row;
            }
        }
        return lowest;
    }

    private void put(int row, long number, byte[] vector) {
        numbers[row] = number;
        lengths[row] = ByteVectors.length(vector);
        System.arraycopy(vector, 0, block(row), offset(row), dimensions);
    }

    private byte[] block(int row) {
        return blocks.get(row / BLOCK);
    }

    private int offset(int row) {
        return row % BLOCK * dimensions;
    }
}
