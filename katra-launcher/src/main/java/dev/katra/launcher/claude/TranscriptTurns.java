package dev.katra.launcher.claude;

import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes turns of the lines of a transcript. A prompt begins a turn; its answer is the text of the last message that the model
 * wrote before the next prompt. What the client itself writes as a user's, such as a command's output, is nobody's prompt.
 */
final class TranscriptTurns {

    /** The beginning of what the client writes around its own words, such as {@code <command-name>}. */
    private static final String TAG = "(?s)<(?:command|local-command|bash|task|system|user-prompt)[a-z-]*>.*";

    /** The beginning of the text that tells a session of mail, and of what the client writes after an interruption. */
    private static final String OTHERS = "(?s).*Katra: mail for you\\..*|\\[Request interrupted.*";

    /** The number of characters from which of an answer in many parts only the beginning and the end are held. */
    private static final int MAX_ANSWER_CHARACTERS = 1 << 20;

    private final Consumer<ImportedTurn> turns;
    private final boolean keepsSaid;
    private final StringBuilder said = new StringBuilder();
    private String prompt = "";
    private String conversation = "";
    private String message = "";
    private @Nullable String asked;
    private @Nullable String answer;
    private @Nullable String folder;
    private Instant begun = Instant.EPOCH;
    private Instant ended = Instant.EPOCH;

    /** Creates a reading that hands in each turn, and holds no more than the one that it reads. */
    TranscriptTurns(Consumer<ImportedTurn> turns) {
        this(turns, false);
    }

    private TranscriptTurns(Consumer<ImportedTurn> turns, boolean keepsSaid) {
        this.turns = turns;
        this.keepsSaid = keepsSaid;
    }

    /** Creates a reading that holds all that the model has said since the last prompt of a person. */
    static TranscriptTurns ofWhatWasSaid() {
        return new TranscriptTurns(turn -> {}, true);
    }

    /** Returns the number of characters of text that are held. */
    int held() {
        return said.length() + (asked == null ? 0 : asked.length()) + (answer == null ? 0 : answer.length());
    }

    /** Takes the next line. */
    void line(JsonNode line) {
        Instant at = time(line);
        if (at == null || line.path("isSidechain").asBoolean(false)) {
            return;
        }
        String type = line.path("type").asString("");
        String text = text(line.path("message").path("content"));
        if (text.isBlank()) {
            return;
        }
        if (type.equals("assistant") && !line.path("isApiErrorMessage").asBoolean(false)) {
            answered(line, text, at);
        } else if (type.equals("user") && line.path("isCompactSummary").asBoolean(false)) {
            compacted(line, text, at);
        } else if (type.equals("user") && !line.path("isMeta").asBoolean(false)) {
            prompted(line, text, at);
        }
    }

    /** Hands in the last turn. */
    void finish() {
        if (asked != null || answer != null) {
            TurnKey.of(conversation, prompt)
                    .ifPresent(key ->
                            turns.accept(new ImportedTurn(key, new TurnBody(asked, answer), begun, ended, folder)));
        }
        asked = null;
        answer = null;
    }

    /** Returns all that the model has said since the last prompt of a person. */
    Optional<String> said() {
        return said.isEmpty() ? Optional.empty() : Optional.of(said.toString());
    }

    private void prompted(JsonNode line, String text, Instant at) {
        String id = id(line);
        if (id.equals(prompt)) {
            return;
        }
        finish();
        prompt = id;
        conversation = line.path("sessionId").asString("");
        folder = folder(line);
        message = "";
        begun = at;
        ended = at;
        if (!text.matches(TAG) && !text.matches(OTHERS)) {
            asked = text;
            said.setLength(0);
        }
    }

    private void answered(JsonNode line, String text, Instant at) {
        String id = line.path("message").path("id").asString(line.path("uuid").asString(""));
        answer = shortened(answer != null && id.equals(message) ? answer + "\n" + text : text);
        message = id;
        ended = at;
        if (keepsSaid) {
            said.append(said.isEmpty() ? "" : "\n\n").append(text);
        }
    }

    private static String shortened(String text) {
        int over = text.length() - MAX_ANSWER_CHARACTERS;
        return over <= 0
                ? text
                : new StringBuilder(text)
                        .delete(MAX_ANSWER_CHARACTERS / 2, MAX_ANSWER_CHARACTERS / 2 + over)
                        .toString();
    }

    private void compacted(JsonNode line, String text, Instant at) {
        TurnKey.of(line.path("sessionId").asString(""), id(line))
                .ifPresent(key -> turns.accept(
                        new ImportedTurn(key.ofHandover(), TurnBody.EMPTY.answer(text), at, at, folder(line))));
    }

    /** Returns the id of a line's prompt; older clients have none, and the line's own stands for it. */
    private static String id(JsonNode line) {
        return line.path("promptId").asString(line.path("uuid").asString(""));
    }

    private static @Nullable String folder(JsonNode line) {
        String folder = line.path("cwd").asString("");
        return folder.isEmpty() ? null : folder;
    }

    private static @Nullable Instant time(JsonNode line) {
        try {
            return Instant.parse(line.path("timestamp").asString(""));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns what a message says: its text, or its blocks of text. Calls of tools and their answers are none. */
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        return content.valueStream()
                .filter(block -> block.path("type").asString("").equals("text"))
                .map(block -> block.path("text").asString(""))
                .collect(Collectors.joining("\n"));
    }
}
