package dev.katra.shell.turn;

import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.turn.FoundTurn;
import dev.katra.core.turn.PastTurn;
import dev.katra.shell.console.Caller;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints past turns for a person. Lines of a text are indented, so that no text can pass for a turn of its own. */
public final class TurnPrinter {

    private static final int MAX_ASKED_BYTES = 300;
    private static final int MAX_ANSWER_BYTES = 600;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Caller caller;
    private final Instant now;

    /** Creates a printer on the caller's output. */
    public TurnPrinter(Caller caller, Instant now) {
        this.caller = caller;
        this.now = now;
    }

    /** Prints turns that were found, of long ones the parts around what was looked for. */
    public void print(List<FoundTurn> found) {
        found.forEach(each -> printExcerpt(each.turn(), each.why()));
    }

    /** Prints a turn, or of a long one the parts around what was looked for. */
    void printExcerpt(PastTurn turn, List<String> why) {
        caller.print(head(turn, Age.ago(turn.origin().at(), now, caller.zone()))
                + (why.isEmpty() ? "" : " [" + String.join(", ", why) + "]"));
        int omitted = print("asked", turn.body().prompt(), why, MAX_ASKED_BYTES)
                + print("answered", turn.body().answer(), why, MAX_ANSWER_BYTES);
        if (omitted > 0) {
            caller.print("    (" + omitted + " bytes left out: katra turns show " + turn.number() + ")");
        }
    }

    /** Prints a turn with all that is known of it. */
    void printWhole(PastTurn turn) {
        caller.print(head(turn, Age.of(turn.origin().at(), now) + " ago") + " ("
                + TIME.format(turn.origin().at().atZone(caller.zone())) + ")");
        caller.print("    conversation " + turn.origin().conversation()
                + (turn.origin().folder() == null ? "" : ", in " + turn.origin().folder()));
        print("asked", turn.body().prompt(), List.of(), Integer.MAX_VALUE);
        print("answered", turn.body().answer(), List.of(), Integer.MAX_VALUE);
    }

    private int print(String what, @Nullable String text, List<String> why, int most) {
        if (text == null) {
            return 0;
        }
        Excerpt excerpt = Excerpt.of(text, why, most);
        caller.print("  " + what + ": " + excerpt.text().replace("\n", "\n    "));
        return excerpt.omittedBytes();
    }

    private static String head(PastTurn turn, String when) {
        return "turn #" + turn.number() + " " + turn.persona() + ", " + when
                + (turn.marks().team() ? ", team" : ", private")
                + (turn.marks().handover() ? ", handover" : "");
    }
}
