import java.util.ArrayList;
import java.util.List;

/** What was promised, against what was measured. */
final class Targets {

    static final double ADDED_MEDIAN_MS = 1.5;
    static final double ADDED_P99_MS = 5;
    static final double TIMES_CCR = 10;
    /** No growth: a line through the second half of the blocks rises by less than this over 50,000 requests. */
    static final double HEAP_MIB = 1;

    static final double RESIDENT_MIB = 8;

    /** One promise. */
    record Target(String what, double measured, double limit, boolean atMost, String unit) {

        boolean met() {
            return atMost ? measured <= limit : measured >= limit;
        }
    }

    private final List<Target> all = new ArrayList<>();

    List<Target> all() {
        return all;
    }

    void atMost(String what, double measured, double limit, String unit) {
        all.add(new Target(what, measured, limit, true, unit));
    }

    void atLeast(String what, double measured, double limit, String unit) {
        all.add(new Target(what, measured, limit, false, unit));
    }

    boolean met() {
        return all.stream().allMatch(Target::met);
    }
}
