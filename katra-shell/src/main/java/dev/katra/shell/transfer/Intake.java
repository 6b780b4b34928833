package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.Imported;
import dev.katra.core.memory.MemoryRecord;
import dev.katra.core.text.Visible;
import dev.katra.shell.console.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes memories in, some at a time, and tells of each that cannot be taken. */
final class Intake {

    private static final int AT_ONCE = 200;

    private final Function<List<MemoryRecord>, Imported> store;
    private final Caller caller;
    private final List<MemoryRecord> waiting = new ArrayList<>();
    private Imported done = new Imported(0, 0);
    private int refused;

    Intake(Function<List<MemoryRecord>, Imported> store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    /** Takes the memory that is made from what stands at this place. */
    void take(String place, Supplier<MemoryRecord> memory) {
        try {
            waiting.add(memory.get());
        } catch (Failure e) {
            refuse(place, e);
            return;
        }
        if (waiting.size() >= AT_ONCE) {
            flush();
        }
    }

    /** Tells that what stands at this place cannot be taken. */
    void refuse(String place, Failure reason) {
        refused++;
        String hint = reason.hint().map(each -> " (" + each + ")").orElse("");
        caller.note("not imported: " + Visible.of(place + ": " + reason.text() + hint));
    }

    /** What came of it, once everything has been handed in. */
    Imported finish() {
        flush();
        return done;
    }

    int refused() {
        return refused;
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            done = done.plus(store.apply(List.copyOf(waiting)));
            waiting.clear();
        }
    }
}
