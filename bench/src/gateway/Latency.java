import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One client that calls the legs by turns, some calls at a time, each over a connection of its own that is kept alive.
 * Call by call every leg would be timed with the processor's caches as the leg before has left them.
 */
final class Latency {

    /** What is timed. */
    enum Kind {
        PLAIN("plain call", false),
        FIRST_BYTE("first streamed byte", true),
        STREAM_END("whole stream", true);

        final String title;
        final boolean stream;

        Kind(String title, boolean stream) {
            this.title = title;
            this.stream = stream;
        }
    }

    private static final int BLOCK = 25;

    private final List<Leg> legs;
    private final Map<Kind, Map<String, Sample>> samples = new LinkedHashMap<>();

    Latency(List<Leg> legs) {
        this.legs = legs;
    }

    Sample of(Kind kind, Leg leg) {
        return samples.get(kind).get(leg.name());
    }

    void measure(int calls, boolean stream) throws IOException {
        for (Kind kind : Kind.values()) {
            if (kind.stream == stream) {
                Map<String, Sample> byLeg = new LinkedHashMap<>();
                legs.forEach(leg -> byLeg.put(leg.name(), new Sample(calls)));
                samples.put(kind, byLeg);
            }
        }
        Client[] clients = new Client[legs.size()];
        Judge[] judges = legs.stream().map(Leg::judge).toArray(Judge[]::new);
        try {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = legs.get(i).connect();
            }
            int warmUp = Math.max(BLOCK, calls / 10 / BLOCK * BLOCK);
            for (int first = -warmUp; first < calls; first += BLOCK) {
                for (int turn = 0; turn < clients.length; turn++) {
                    int i = Math.floorMod(first / BLOCK + turn, clients.length);
                    Leg leg = legs.get(i);
                    for (int call = first; call < Math.min(first + BLOCK, calls); call++) {
                        Calls.check(leg, clients[i], judges[i], stream);
                        if (call >= 0) {
                            keep(leg, clients[i], stream);
                        }
                    }
                }
            }
        } finally {
            for (Client client : clients) {
                if (client != null) {
                    client.close();
                }
            }
        }
    }

    private void keep(Leg leg, Client answer, boolean stream) {
        if (stream) {
            of(Kind.FIRST_BYTE, leg).add(answer.content);
            of(Kind.STREAM_END, leg).add(answer.total);
        } else {
            of(Kind.PLAIN, leg).add(answer.total);
        }
    }
}
