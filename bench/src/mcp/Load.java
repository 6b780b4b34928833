import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Some clients at once, each of which calls again as soon as it is answered. */
final class Load {

    private Load() {}

    /** Calls a second. */
    static double perSecond(List<? extends Action> clients, double seconds) throws IOException {
        AtomicLong calls = new AtomicLong();
        AtomicReference<IOException> failure = new AtomicReference<>();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Thread> threads = clients.stream()
                .map(client -> new Thread(() -> {
                    try {
                        while (failure.get() == null && System.nanoTime() < end) {
                            client.nanos();
                            calls.incrementAndGet();
                        }
                    } catch (IOException e) {
                        failure.set(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return calls.get() / ((System.nanoTime() - start) / 1e9);
    }
}
