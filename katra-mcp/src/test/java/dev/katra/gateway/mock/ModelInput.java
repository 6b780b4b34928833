package dev.katra.gateway.mock;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a model is asked, whatever the format.
 *
 * @param tools the names of the tools that it may call
 * @param system everything that the system says, wherever it stands
 * @param turns the rest, in order
 * @param images how many images there are, wherever they stand
 */
public record ModelInput(Api api, JsonNode body, List<String> tools, String system, List<Turn> turns, int images) {

    private static final Pattern REMINDER = Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

    public ModelInput {
        tools = List.copyOf(tools);
        turns = List.copyOf(turns);
    }

    /** A turn of the conversation. */
    public sealed interface Turn {

        /** The user says something. */
        record User(String text) implements Turn {}

        /** The model has said something. */
        record Model(String text) implements Turn {}

        /** The model has called a tool. */
        record Called(String id, String tool, String arguments) implements Turn {}

        /** A tool has returned; its name is empty if there was no such call. */
        record Result(String id, String tool, String text) implements Turn {}
    }

    /** What this request asks. */
    public static ModelInput read(Api api, JsonNode body) {
        return ModelInputReader.read(api, body);
    }

    /** The model that is asked for. */
    public String model() {
        return body.path("model").asString("");
    }

    /** Whether the answer shall come as a stream. */
    public boolean streams() {
        return body.path("stream").asBoolean(false);
    }

    /** Whether the model may call this tool. */
    public boolean offers(String tool) {
        return tools.contains(tool);
    }

    /** What the user has said last, without the client's reminders. */
    public String prompt() {
        List<String> texts = prompts();
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }

    /** Everything that the user has said, without the client's reminders. */
    public List<String> prompts() {
        return of(Turn.User.class).stream()
                .map(turn -> REMINDER.matcher(turn.text()).replaceAll("").strip())
                .filter(text -> !text.isEmpty() && !text.startsWith("Images returned by tool call"))
                .toList();
    }

    /** What all tools have returned. */
    public List<Turn.Result> results() {
        return of(Turn.Result.class);
    }

    /** What tools have returned since the model spoke last. */
    public List<Turn.Result> fresh() {
        int from = turns.size();
        while (from > 0
                && !(turns.get(from - 1) instanceof Turn.Model)
                && !(turns.get(from - 1) instanceof Turn.Called)) {
            from--;
        }
        return turns.subList(from, turns.size()).stream()
                .filter(Turn.Result.class::isInstance)
                .map(Turn.Result.class::cast)
                .toList();
    }

    /** What this tool has returned last. */
    public Optional<String> result(String tool) {
        return results().stream()
                .filter(result -> result.tool().equals(tool))
                .map(Turn.Result::text)
                .reduce((first, second) -> second);
    }

    private <T extends Turn> List<T> of(Class<T> kind) {
        return turns.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
