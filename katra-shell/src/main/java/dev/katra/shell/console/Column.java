package dev.katra.shell.console;

/**
 * A Column describes a column of a table: its heading, and what it does on a terminal that is too narrow for the whole
 * table. By default it keeps its width and is not left out.
 *
 * @param rightAligned whether its cells are aligned to the right, as numbers want it
 * @param narrowing how its cells take less room
 * @param minWidth the width below which they are not narrowed as long as other columns can be left out
 * @param rank in which order columns are left out, lower ones first; 0 for one that stays
 */
public record Column(String heading, boolean rightAligned, Narrowing narrowing, int minWidth, int rank) {

    /** A Narrowing says how the cells of a column take less room. */
    public enum Narrowing {
        /** The cells keep their width. */
        NONE,
        /** The end of a cell is cut. */
        END,
        /** The beginning of a cell is cut, as suits a path. */
        START,
        /** A cell goes on in the next line; only for the last column. */
        WRAP
    }

    /** Returns a column that keeps its width and is not left out. */
    public static Column of(String heading) {
        return new Column(heading, false, Narrowing.NONE, 0, 0);
    }

    /** Returns this column aligned to the right. */
    public Column alignedRight() {
        return new Column(heading, true, narrowing, minWidth, rank);
    }

    /** Returns this column with cells that may be cut at their end, down to this width. */
    public Column cutTo(int width) {
        return new Column(heading, rightAligned, Narrowing.END, width, rank);
    }

    /** Returns this column with paths that may be cut at their beginning, down to this width. */
    public Column cutStartTo(int width) {
        return new Column(heading, rightAligned, Narrowing.START, width, rank);
    }

    /** Returns this column with cells that go on in the next line where there is no room. */
    public Column wrapped() {
        return new Column(heading, rightAligned, Narrowing.WRAP, 24, rank);
    }

    /**
     * Returns this column as one that is left out where there is no room, before those of a higher rank, and where all
     * its cells are empty.
     */
    public Column optional(int order) {
        return new Column(heading, rightAligned, narrowing, minWidth, order);
    }
}
