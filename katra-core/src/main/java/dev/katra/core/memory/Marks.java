package dev.katra.core.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The terms by which the index filters. */
final class Marks {

    /** Of what only its author sees. */
    static final String PRIVATE = "p_";

    private Marks() {}

    static List<String> of(long personaId, MemoryKind kind, MemoryScope scope, List<String> tags, Instant at) {
        LocalDate day = day(at);
        List<String> marks = new ArrayList<>(List.of(author(personaId), kind(kind), day(day), month(day)));
        if (scope == MemoryScope.PRIVATE) {
            marks.add(PRIVATE);
            marks.add(privately(personaId));
        }
        tags.forEach(tag -> marks.add(tag(tag)));
        return marks;
    }

    static String author(long personaId) {
        return "a_" + personaId;
    }

    static String privately(long personaId) {
        return "p_" + personaId;
    }

    static String kind(MemoryKind kind) {
        return "k_" + kind.word();
    }

    /** Of a tag, or of another one once in a long while. */
    static String tag(String tag) {
        return "t_" + Integer.toHexString(tag.toLowerCase(Locale.ROOT).hashCode());
    }

    static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    static String day(LocalDate day) {
        return "d_" + Math.max(0, day.toEpochDay());
    }

    static String month(LocalDate day) {
        return "m_" + Math.max(0, day.getYear() * 12 + day.getMonthValue());
    }
}
