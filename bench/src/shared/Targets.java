import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was promised, against what was measured. */
final class Targets {

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

    /** A line for each. */
    String lines() {
        StringBuilder out = new StringBuilder();
        for (Target target : all) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-6s %-55s %8.2f %s (%s %s)%n",
                    target.met() ? "met" : "MISSED",
                    target.what(),
                    target.measured(),
                    target.unit(),
                    target.atMost() ? "at most" : "at least",
                    target.limit()));
        }
        return out.toString();
    }

    List<Object> json() {
        List<Object> list = new ArrayList<>();
        for (Target target : all) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("what", target.what());
            values.put("measured", target.measured());
            values.put(target.atMost() ? "at_most" : "at_least", target.limit());
            values.put("unit", target.unit());
            values.put("met", target.met());
            list.add(values);
        }
        return list;
    }
}
