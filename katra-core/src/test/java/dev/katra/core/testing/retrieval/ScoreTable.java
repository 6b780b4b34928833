package dev.katra.core.testing.retrieval;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what several rankings made of the same half, side by side. */
public final class ScoreTable {

    private ScoreTable() {}

    /** A Markdown table with a line per class of questions; shares are per cent. */
    public static String of(List<Measured> measured) {
        Measured first = measured.get(0);
        String header = "| " + first.half() + " | n "
                + measured.stream()
                        .map(each -> "| " + each.ranking() + " hit@1 | hit@5 | MRR ")
                        .collect(Collectors.joining())
                + "|\n|---|---:" + "|---:|---:|---:".repeat(measured.size()) + "|\n";
        String rows = first.types().keySet().stream()
                .map(type -> row(
                        type, measured.stream().map(each -> score(each, type)).toList()))
                .collect(Collectors.joining());
        String silent = "| nothing: share of empty answers | " + first.unanswerable() + " "
                + measured.stream()
                        .map(each -> String.format(
                                Locale.ROOT, "| %.0f | | ", 100.0 * each.silent() / Math.max(1, each.unanswerable())))
                        .collect(Collectors.joining())
                + "|\n";
        return header
                + rows
                + row("**all**", measured.stream().map(Measured::all).toList())
                + silent;
    }

    private static Score score(Measured measured, String type) {
        return measured.types().getOrDefault(type, new Score(0, 0, 0, 0));
    }

    private static String row(String name, List<Score> scores) {
        return "| " + name + " | " + scores.get(0).questions() + " "
                + scores.stream()
                        .map(score -> String.format(
                                Locale.ROOT,
                                "| %.1f | %.1f | %.3f ",
                                100 * score.hit1(),
                                100 * score.hit5(),
                                score.mrr()))
                        .collect(Collectors.joining())
                + "|\n";
    }
}
