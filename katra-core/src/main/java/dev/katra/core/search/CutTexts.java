package dev.katra.core.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the terms that a write needs, which are made before it begins, so that nobody waits while a text is analysed. A write
 * that meets another text than was expected is undone, the text is analysed, and the write is done again. It also holds of
 * which rows a write has removed a part only.
 */
public final class CutTexts {

    private final Map<IndexedText, Cut> cut = new HashMap<>();
    private final Set<Long> begun = new LinkedHashSet<>();

    private record Cut(Terms terms, List<Terms> parts) {}

    /** Returns an object with the terms of these texts. */
    public static CutTexts of(Collection<IndexedText> texts) {
        CutTexts cut = new CutTexts();
        texts.forEach(cut::add);
        return cut;
    }

    /** Returns an object with the terms of the texts of these rows. */
    public static CutTexts ofRows(Collection<StoredTexts.Row> rows) {
        return of(rows.stream().map(StoredTexts.Row::text).toList());
    }

    /** Returns the terms of a text, with which it is added to an index. Must be called within {@link #complete}. */
    public Terms terms(IndexedText text) {
        return get(text).terms();
    }

    /** Returns its terms in parts, with which it is removed from an index. Must be called within {@link #complete}. */
    public List<Terms> parts(IndexedText text) {
        return get(text).parts();
    }

    /**
     * Does something that writes, and does it again while it returns null because there is more to do, and when the terms of
     * a text are missing, which are made in between.
     */
    public <T> T complete(Supplier<@Nullable T> writing) {
        @Nullable T result = null;
        while (result == null) {
            try {
                result = writing.get();
            } catch (MissingText missing) {
                add(missing.text);
            }
        }
        return result;
    }

    /** Notes that a part of a row is removed and the rest is not. */
    public void noteBegun(long id) {
        begun.add(id);
    }

    /**
     * Does something as {@link #complete} does. Whatever comes of it, rows that are still removed in part are then restored.
     *
     * @param restore indexes a row whole again in a write of its own, if a part of it is removed, and returns null if there is
     *     more to do
     */
    public <T> T completeOrRestore(Supplier<@Nullable T> writing, Function<Long, @Nullable Boolean> restore) {
        T result;
        try {
            result = complete(writing);
        } catch (RuntimeException e) {
            try {
                restore(restore);
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
        restore(restore);
        return result;
    }

    private void restore(Function<Long, @Nullable Boolean> restore) {
        List.copyOf(begun).forEach(id -> complete(() -> restore.apply(id)));
    }

    private void add(IndexedText text) {
        Terms terms = text.terms();
        cut.put(text, new Cut(terms, terms.parts()));
    }

    private Cut get(IndexedText text) {
        Cut found = cut.get(text);
        if (found == null) {
            throw new MissingText(text);
        }
        return found;
    }

    /** Undoes the write that cannot go on without the terms of a text. */
    private static final class MissingText extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient IndexedText text;

        private MissingText(IndexedText text) {
            super("the terms of a text are missing", null, false, false);
            this.text = text;
        }
    }
}
