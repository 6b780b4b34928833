import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Actions by turns, some calls of each at a time, so that a busy machine hurts all of them alike. Call by call each would
 * be timed with the processor's caches as the one before has left them.
 */
final class Turns {

    private static final int BLOCK = 25;

    private final Map<String, Action> actions = new LinkedHashMap<>();

    Turns add(String name, Action action) {
        actions.put(name, action);
        return this;
    }

    /** So many timed calls of each, after a tenth of them (at least a block) to warm up. */
    Map<String, Sample> measure(int calls) throws IOException {
        Map<String, Sample> samples = new LinkedHashMap<>();
        actions.keySet().forEach(name -> samples.put(name, new Sample(calls)));
        int block = Math.max(1, Math.min(BLOCK, calls / 4));
        int warmUp = Math.max(1, calls / 10 / block) * block;
        for (int first = -warmUp; first < calls; first += block) {
            for (Map.Entry<String, Action> action : actions.entrySet()) {
                Sample sample = samples.get(action.getKey());
                for (int call = first; call < Math.min(first + block, calls); call++) {
                    long nanos = action.getValue().nanos();
                    if (call >= 0) {
                        sample.add(nanos);
                    }
                }
            }
        }
        return samples;
    }
}
