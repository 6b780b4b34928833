package dev.katra.core.concurrent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches values by their keys, a bounded number of them. An entry stays as long as somebody asks for it: it is dropped
 * when half of the bound was added without its being asked for. Any thread may use it.
 *
 * <p>Two generations are enough for that, and cost a hit no lock and no order of use. An entry that is added while
 * another thread begins a generation or clears the cache may be lost; the bound may be passed by as many entries as there
 * are threads that add at one moment.
 */
public final class BoundedCache<K, V> {

    private final int generationSize;
    private volatile Generations<K, V> generations = new Generations<>(new ConcurrentHashMap<>(), Map.of());

    /**
     * Creates an empty cache.
     *
     * @param maxEntries the largest number of entries, at least 2
     */
    public BoundedCache(int maxEntries) {
        if (maxEntries < 2) {
            throw new IllegalArgumentException("a cache of " + maxEntries + " entries");
        }
        this.generationSize = maxEntries / 2;
    }

    /** Returns the value of a key; null if it is not cached. */
    public @Nullable V get(K key) {
        Generations<K, V> now = generations;
        V value = now.young.get(key);
        if (value == null) {
            value = now.old.get(key);
            if (value != null) {
                keep(now, key, value);
            }
        }
        return value;
    }

    /** Takes an entry of the old generation into the young one, unless that has a newer value of it. */
    private void keep(Generations<K, V> read, K key, V value) {
        if (read.young.size() < generationSize) {
            read.young.putIfAbsent(key, value);
        } else if (!read.young.containsKey(key)) {
            putIntoNext(read, key, value);
        }
    }

    /** Caches the value of a key in the place of one before it. */
    public void put(K key, V value) {
        Generations<K, V> read = generations; // what is cleared meanwhile does not come back
        if (read.young.size() < generationSize) {
            read.young.put(key, value);
        } else {
            putIntoNext(read, key, value);
        }
    }

    private synchronized void putIntoNext(Generations<K, V> full, K key, V value) {
        if (generations == full) {
            generations = new Generations<>(new ConcurrentHashMap<>(), full.young);
            generations.young.put(key, value);
        }
    }

    /** Drops all entries. */
    public synchronized void clear() {
        generations = new Generations<>(new ConcurrentHashMap<>(), Map.of());
    }

    /** Holds what was added since the last change of generations, and what was added before. */
    private static final class Generations<K, V> {

        private final Map<K, V> young;
        private final Map<K, V> old;

        Generations(Map<K, V> young, Map<K, V> old) {
            this.young = young;
            this.old = old;
        }
    }
}
