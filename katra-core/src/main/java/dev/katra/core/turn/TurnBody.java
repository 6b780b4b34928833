package dev.katra.core.turn;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the texts of a turn.
 *
 * @param prompt what a person asked; null if no person did
 * @param answer what the model said last; null as long as that is nothing
 */
public record TurnBody(@Nullable String prompt, @Nullable String answer) {

    /** The body of a turn of which nothing is known. */
    public static final TurnBody EMPTY = new TurnBody(null, null);

    /** Returns the same body with this prompt. */
    public TurnBody prompt(@Nullable String asked) {
        return new TurnBody(asked, answer);
    }

    /** Returns the same body with this answer. */
    public TurnBody answer(@Nullable String said) {
        return new TurnBody(prompt, said);
    }

    /** Returns whether there is no text. */
    public boolean isEmpty() {
        return prompt == null && answer == null;
    }

    /** Returns the text that the index holds: the prompt and the answer. */
    String text() {
        return Stream.of(prompt, answer).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
    }

    /** Returns the size of both texts, in bytes of UTF-8. */
    public int bytes() {
        return bytes(prompt) + bytes(answer);
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
