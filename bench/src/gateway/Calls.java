import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes calls, judges every answer and counts. */
final class Calls {

    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicInteger FAULTS = new AtomicInteger();
    private static final int SHOWN = 5;
    private static final int GIVE_UP = 100;

    private Calls() {}

    static long made() {
        return MADE.get();
    }

    static int faults() {
        return FAULTS.get();
    }

    /** One call; a fault is counted and shown. */
    static void check(Leg leg, Client client, Judge judge, boolean stream) throws IOException {
        MADE.incrementAndGet();
        String fault;
        try {
            client.call(leg.request(stream));
            fault = judge.fault(client, stream);
        } catch (IOException e) {
            fault(leg, stream, e.toString());
            throw e;
        }
        if (fault != null) {
            fault(leg, stream, fault);
        }
    }

    private static void fault(Leg leg, boolean stream, String what) throws IOException {
        int number = FAULTS.incrementAndGet();
        if (number <= SHOWN) {
            System.err.println("bench: " + leg.name() + (stream ? " (streamed): " : " (plain): ") + what);
        }
        if (number > GIVE_UP) {
            throw new IOException("more than " + GIVE_UP + " faulty answers");
        }
    }

    /** How many calls there shall be, or for how long. */
    interface Until {
        boolean more();
    }

    /**
     * Some clients call at once, each over a connection of its own, until there is no more to do.
     *
     * @return the number of calls
     */
    static long load(Leg leg, boolean[] streams, int clients, Until until) throws IOException {
        AtomicLong calls = new AtomicLong();
        Thread[] threads = new Thread[clients];
        IOException[] failure = new IOException[1];
        for (int i = 0; i < clients; i++) {
            int first = i;
            threads[i] = new Thread(() -> {
                Judge judge = leg.judge();
                try (Client client = leg.connect()) {
                    for (int call = first; failure[0] == null && until.more(); call++) {
                        check(leg, client, judge, streams[call % streams.length]);
                        calls.incrementAndGet();
                    }
                } catch (IOException e) {
                    failure[0] = e;
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        return calls.get();
    }
}
