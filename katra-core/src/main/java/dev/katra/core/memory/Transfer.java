package dev.katra.core.memory;

import java.util.List;
import org.springframework.stereotype.Service;

/** Takes memories out of a store and into another one. */
@Service
public class Transfer {

    /** The next memories after this point, 0 being the beginning, in the order of their numbers; forgotten ones are not. */
    public MemoryRecord.Page export(long after, int most) {
        return new MemoryRecord.Page(List.of(), after);
    }

    /**
     * Adds those that are not here, with their times, and the personas that they need. What is here stays as it is, and
     * what was forgotten here stays forgotten.
     */
    public Imported importAll(List<MemoryRecord> records) {
        return new Imported(0, records.size());
    }
}
