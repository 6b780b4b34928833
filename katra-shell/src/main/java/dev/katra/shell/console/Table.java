package dev.katra.shell.console;

import dev.katra.core.text.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Table formats text in aligned columns. On a terminal it is never wider than that: columns are left out and cells
 * cut as the columns say. Elsewhere it is whole.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final int MIN_CELL_WIDTH = 4;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with these columns. */
    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Creates a table with these headings, whose columns are cut only as a last resort. */
    public Table(String... headings) {
        this(Stream.of(headings).map(Column::of).toArray(Column[]::new));
    }

    /** Adds a row, one text per column. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Stream.of(cells).map(Table::onOneLine).toList());
        return this;
    }

    /** Returns the table as wide as this caller can see it. */
    public String fitting(Caller caller) {
        return renderWithin(caller.columns());
    }

    /** Returns the whole table. */
    @Override
    public String toString() {
        return renderWithin(Integer.MAX_VALUE);
    }

    String renderWithin(int width) {
        List<Integer> shown = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).rank() == 0 || !isEmpty(c)) {
                shown.add(c);
            }
        }
        List<Integer> inOrder = shown.stream()
                .filter(c -> columns.get(c).rank() > 0)
                .sorted(Comparator.comparingInt(c -> columns.get(c).rank()))
                .toList();
        for (Integer next : inOrder) {
            if (sum(shown, shown.stream().mapToInt(this::minWidth).toArray()) <= width) {
                break;
            }
            shown.remove(next);
        }
        return render(shown, widths(shown, width));
    }

    private static String onOneLine(String cell) {
        return VisibleText.of(cell).replace('\n', '␊').replace('\t', '␉');
    }

    private boolean isEmpty(int column) {
        return rows.stream().allMatch(row -> row.get(column).isEmpty());
    }

    /** Returns the width of the widest cell of a column. */
    private int naturalWidth(int column) {
        return Stream.concat(
                        Stream.of(columns.get(column).heading()), rows.stream().map(row -> row.get(column)))
                .mapToInt(TextWidth::of)
                .max()
                .orElse(0);
    }

    /** Returns the minimum width of a column. */
    private int minWidth(int column) {
        Column described = columns.get(column);
        int natural = naturalWidth(column);
        return described.narrowing() == Column.Narrowing.NONE
                ? natural
                : Math.min(natural, Math.max(described.minWidth(), TextWidth.of(described.heading())));
    }

    private static int sum(List<Integer> shown, int[] widths) {
        int sum = GAP.length() * Math.max(0, shown.size() - 1);
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    /**
     * Returns the widths of the columns that are shown. What is too much is taken from the widest; the minimum widths
     * are undercut last.
     */
    private int[] widths(List<Integer> shown, int width) {
        int[] widths = shown.stream().mapToInt(this::naturalWidth).toArray();
        int[] leasts = shown.stream().mapToInt(this::minWidth).toArray();
        for (int pass = 0; pass < 3; pass++) {
            while (sum(shown, widths) > width) {
                int widest = -1;
                for (int i = 0; i < widths.length; i++) {
                    boolean keeps = columns.get(shown.get(i)).narrowing() == Column.Narrowing.NONE;
                    int least = pass == 0 || (pass == 1 && keeps) ? leasts[i] : MIN_CELL_WIDTH;
                    if (widths[i] > least && (widest < 0 || widths[i] > widths[widest])) {
                        widest = i;
                    }
                }
                if (widest < 0) {
                    break;
                }
                widths[widest]--;
            }
        }
        return widths;
    }

    private String render(List<Integer> shown, int[] widths) {
        List<String> lines = new ArrayList<>();
        lines.addAll(lines(shown, widths, columns.stream().map(Column::heading).toList(), true));
        rows.forEach(row -> lines.addAll(lines(shown, widths, row, false)));
        return String.join("\n", lines);
    }

    /** Returns the lines of a row, which are several where a cell goes on in the next line. */
    private List<String> lines(List<Integer> shown, int[] widths, List<String> row, boolean headings) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            String cell = row.get(shown.get(i));
            Column.Narrowing how =
                    headings ? Column.Narrowing.END : columns.get(shown.get(i)).narrowing();
            cells.add(
                    switch (how) {
                        case WRAP -> TextWidth.wrap(cell, widths[i]);
                        case START -> List.of(TextWidth.cutStart(cell, widths[i]));
                        case END, NONE -> List.of(TextWidth.cutEnd(cell, widths[i]));
                    });
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < height; n++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String text = n < cells.get(i).size() ? cells.get(i).get(n) : "";
                String padding = " ".repeat(Math.max(0, widths[i] - TextWidth.of(text)));
                line.append(columns.get(shown.get(i)).rightAligned() ? padding + text : text + padding)
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
