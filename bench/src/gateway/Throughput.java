import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many clients at once, one leg after the other, in rounds; a leg's figure is the median of its rounds. */
final class Throughput {

    /**
     * What a leg did.
     *
     * @param perSecond answers a second
     * @param cpuMillis processor time of the process between client and upstream, for one answer
     */
    record Result(double perSecond, double cpuMillis) {}

    private final List<Leg> legs;
    private final int clients;

    Throughput(List<Leg> legs, int clients) {
        this.legs = legs;
        this.clients = clients;
    }

    Map<String, Result> measure(boolean stream, int rounds, double seconds) throws IOException {
        double[][] rates = new double[legs.size()][rounds];
        double[][] cpu = new double[legs.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < legs.size(); turn++) {
                int i = Math.floorMod(round + turn, legs.size());
                Result result = once(legs.get(i), stream, round < 0 ? seconds / 2 : seconds);
                if (round >= 0) {
                    rates[i][round] = result.perSecond();
                    cpu[i][round] = result.cpuMillis();
                }
            }
        }
        Map<String, Result> results = new LinkedHashMap<>();
        for (int i = 0; i < legs.size(); i++) {
            results.put(legs.get(i).name(), new Result(Sample.median(rates[i]), Sample.median(cpu[i])));
        }
        return results;
    }

    private Result once(Leg leg, boolean stream, double seconds) throws IOException {
        long cpu = leg.cpu().toNanos();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long calls = Calls.load(leg, new boolean[] {stream}, clients, () -> System.nanoTime() < end);
        double took = (System.nanoTime() - start) / 1e9;
        return new Result(calls / took, (leg.cpu().toNanos() - cpu) / 1e6 / calls);
    }
}
