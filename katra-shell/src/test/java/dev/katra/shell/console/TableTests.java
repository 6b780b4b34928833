package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.katra.shell.testing.TestCaller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTests {

    @Test
    void isAlignedAndItsLinesEndWithoutBlanks() {
        Table table = new Table("NAME", "N", "REST").row("a", "1000", "x").row("longer name", "1", "");

        assertThat(table.toString()).isEqualTo("""
                NAME         N     REST
                a            1000  x
                longer name  1""");
    }

    @Test
    void withoutRowsItIsItsHeadings() {
        assertThat(new Table("A", "B").toString()).isEqualTo("A  B");
    }

    @Test
    void aRowHasACellForEveryColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("A", "B").row("a"));
    }

    @Test
    void aCellIsOneLineWhateverIsInIt() {
        assertThat(new Table("A", "B").row("a\nb\tc\u001b[2J", "x").toString()).isEqualTo("""
                A          B
                a␊b␉c␛[2J  x""");
    }

    @Test
    void columnsAreLeftOutByTheirRankBeforeCellsAreCutBelowTheirLeast() {
        Table table = new Table(
                        Column.of("NAME").cutTo(6),
                        Column.of("ONE").optional(1),
                        Column.of("N").alignedRight(),
                        Column.of("TWO").optional(2),
                        Column.of("PLACE").cutStartTo(8))
                .row("a long name", "1111", "7", "2222", "/home/ada/work/shop");

        assertThat(table.renderWithin(60)).isEqualTo("""
                NAME         ONE   N  TWO   PLACE
                a long name  1111  7  2222  /home/ada/work/shop""");
        assertThat(table.renderWithin(40)).isEqualTo("""
                NAME         ONE   N  TWO   PLACE
                a long name  1111  7  2222  …/work/shop""");
        assertThat(table.renderWithin(28)).isEqualTo("""
                NAME      N  TWO   PLACE
                a long…   7  2222  …/shop""");
        assertThat(table.renderWithin(20)).isEqualTo("""
                NAME     N  PLACE
                a long…  7  …/shop""");
    }

    @Test
    void anOptionalColumnWithNothingInItIsLeftOut() {
        assertThat(new Table(Column.of("A"), Column.of("B").optional(1), Column.of("C"))
                        .row("a", "", "")
                        .toString())
                .isEqualTo("A  C\na");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 60, 79, 80, 200})
    void isNeverWiderThanTheTerminal(int width) {
        Table table = new Table(
                        Column.of("NAME").cutTo(10),
                        Column.of("STATE"),
                        Column.of("TEXT").wrapped())
                .row("a-name-that-goes-on-and-on-and-on", "waiting for you to decide", "words ".repeat(40))
                .row("東京東京東京東京", "idle", "日本 語の 🦊 text");

        assertThat(table.renderWithin(width).lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).as(line).isLessThanOrEqualTo(width));
    }

    @Test
    void longTextGoesOnBelowItselfAndBreaksBetweenWords() {
        Table table = new Table(Column.of("CHECK"), Column.of("FOUND").wrapped())
                .row("tmux", "version 3.3a, in /usr/bin/tmux, which is what it was tested with");

        assertThat(table.renderWithin(40)).isEqualTo("""
                CHECK  FOUND
                tmux   version 3.3a, in /usr/bin/tmux,
                       which is what it was tested with""");
    }

    @Test
    void wideCharactersCountTwice() {
        assertThat(new Table("A", "B").row("東京", "x").row("abc", "y").toString())
                .isEqualTo("A     B\n東京  x\nabc   y");
    }

    @Test
    void outsideATerminalNothingIsCut() {
        Table table = new Table(Column.of("A").cutTo(1)).row("a".repeat(500));

        assertThat(table.fitting(TestCaller.of().caller())).contains("a".repeat(500));
        assertThat(table.fitting(TestCaller.of().terminal("100:80").caller())).contains("a".repeat(500));
        assertThat(table.fitting(TestCaller.of().terminal("111").caller())).contains("a".repeat(500));
        assertThat(table.fitting(TestCaller.of().terminal("111:80").caller())).contains("…");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/c, 20, /a/b/c",
        "~/work/shop/api, 10, …/shop/api",
        "~/work/shop/api, 9, …/api",
        "~/work/shop-trees/api, 13, …-trees/api",
        "/averylongsinglefolder, 10, …glefolder",
        "/x/a-very-long-single-folder/, 10, …-folder/"
    })
    void aPathKeepsItsLastFolders(String path, int width, String cut) {
        assertThat(TextWidth.cutStart(path, width)).isEqualTo(cut);
    }

    @Test
    void wrappingKeepsEveryWordWhole() {
        String text = "one two-three four, a-word-that-is-too-long-for-the-line five";

        assertThat(TextWidth.wrap(text, 12))
                .containsExactly("one", "two-three", "four,", "a-word-that-is-too-long-for-the-line", "five");
        assertThat(TextWidth.wrap("", 5)).isEqualTo(List.of(""));
    }
}
