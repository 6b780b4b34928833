package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.ImportCounts;
import dev.katra.shell.console.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects memories, stores them some at a time, and tells of each that cannot be stored. */
public final class ImportBatch {

    private static final int BATCH_SIZE = 200;

    private final Function<List<ExportedMemory>, ImportCounts> store;
    private final Caller caller;
    private final List<PlacedMemory> pending = new ArrayList<>();
    private ImportCounts done = ImportCounts.NONE;
    private int refused;

    private record PlacedMemory(String place, ExportedMemory memory) {}

    ImportBatch(Function<List<ExportedMemory>, ImportCounts> store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    /** Adds the memory that is made from what stands at this place. */
    public void add(String place, Supplier<ExportedMemory> memory) {
        try {
            pending.add(new PlacedMemory(place, memory.get()));
        } catch (Failure e) {
            refuse(place, e);
            return;
        }
        if (pending.size() >= BATCH_SIZE) {
            flush();
        }
    }

    /** Tells that what stands at this place cannot be imported. */
    void refuse(String place, Failure reason) {
        refused++;
        String hint = reason.hint().map(each -> " (" + each + ")").orElse("");
        caller.note("not imported: " + place + ": " + reason.text() + hint);
    }

    /** Stores the rest, and returns what came of all, once everything has been handed in. */
    ImportCounts finish() {
        flush();
        return done;
    }

    int refused() {
        return refused;
    }

    private void flush() {
        if (!pending.isEmpty()) {
            store(List.copyOf(pending));
            pending.clear();
        }
    }

    /** Stores these memories. One that cannot be stored is told, and keeps none of the others from being stored. */
    private void store(List<PlacedMemory> some) {
        try {
            done = done.plus(store.apply(some.stream().map(PlacedMemory::memory).toList()));
        } catch (Failure e) {
            if (e.code() == Failure.Code.UNAVAILABLE || e.code() == Failure.Code.CANCELLED) {
                throw e;
            }
            if (some.size() == 1) {
                refuse(some.get(0).place(), e);
                return;
            }
            store(some.subList(0, some.size() / 2));
            store(some.subList(some.size() / 2, some.size()));
        }
    }
}
