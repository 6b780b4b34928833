import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the gateway's process holds while it answers many requests, plain and streamed by turns. */
final class Memory {

    /**
     * After so many requests: resident memory, and what the heap holds after a full collection.
     */
    record Point(int requests, double residentMiB, double heapMiB) {}

    private static final Pattern USED = Pattern.compile("used (\\d+)([KMB])");

    private final Leg leg;
    private final String jcmd;

    Memory(Leg leg, String jcmd) {
        this.leg = leg;
        this.jcmd = jcmd;
    }

    List<Point> measure(int requests, int blocks, int clients, Consumer<Point> progress) throws IOException {
        List<Point> points = new ArrayList<>();
        int size = requests / blocks;
        for (int block = 0; block <= blocks; block++) {
            if (block > 0) {
                AtomicInteger left = new AtomicInteger(size);
                Calls.load(leg, new boolean[] {true, false}, clients, () -> left.getAndDecrement() > 0);
            }
            points.add(now(block * size));
            progress.accept(points.get(block));
        }
        return points;
    }

    private Point now(int requests) throws IOException {
        Command.run(jcmd, String.valueOf(leg.pid()), "GC.run");
        double heap = 0;
        for (String line : Command.run(jcmd, String.valueOf(leg.pid()), "GC.heap_info")) {
            Matcher used = USED.matcher(line);
            if (used.find() && !line.contains("Metaspace") && !line.contains("class space")) {
                double unit = used.group(2).equals("K") ? 1024.0 : used.group(2).equals("M") ? 1 : 1024.0 * 1024;
                heap += Long.parseLong(used.group(1)) / unit;
            }
        }
        List<String> ps = Command.run("ps", "-o", "rss=", "-p", String.valueOf(leg.pid()));
        return new Point(requests, Long.parseLong(ps.get(0).strip()) / 1024.0, heap);
    }

    /** The growth that the second half of the points foretells for so many requests, by a line through them (MiB). */
    static double growth(List<Point> points, int requests, boolean heap) {
        List<Point> half = points.subList(points.size() / 2, points.size());
        double x = 0;
        double y = 0;
        for (Point point : half) {
            x += point.requests();
            y += heap ? point.heapMiB() : point.residentMiB();
        }
        x /= half.size();
        y /= half.size();
        double above = 0;
        double below = 0;
        for (Point point : half) {
            above += (point.requests() - x) * ((heap ? point.heapMiB() : point.residentMiB()) - y);
            below += (point.requests() - x) * (point.requests() - x);
        }
        return below == 0 ? 0 : above / below * requests;
    }
}
