package dev.katra.core.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value for each session, by the session's id. A value goes when its session ends; what is put of an ended
 * session is not kept. A restart of the server forgets all. It is safe for use by several threads.
 */
public final class SessionScoped<V> {

    private final ConcurrentMap<Long, V> values = new ConcurrentHashMap<>();
    private final SessionWatch watch;

    public SessionScoped(SessionWatch watch) {
        this.watch = watch;
        watch.onEnd(values::remove);
    }

    /** Returns the value of this session; null if there is none. */
    public @Nullable V get(long session) {
        return values.get(session);
    }

    public boolean contains(long session) {
        return values.containsKey(session);
    }

    public void put(long session, V value) {
        values.put(session, value);
        dropIfEnded(session);
    }

    /** Returns the value of this session, which is made if there is none. */
    public V computeIfAbsent(long session, Supplier<V> made) {
        V value = values.computeIfAbsent(session, id -> made.get());
        dropIfEnded(session);
        return value;
    }

    public void remove(long session) {
        values.remove(session);
    }

    /** Returns the number of sessions that have a value. */
    public int size() {
        return values.size();
    }

    private void dropIfEnded(long session) {
        if (watch.hasEnded(session)) {
            values.remove(session);
        }
    }
}
