package dev.katra.mcp.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.MessageQuery;
import dev.katra.core.room.MessageSearch;
import dev.katra.core.room.MessageSearchResult;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.text.Excerpt;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.ArgumentBinder;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.NumberQuery;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_history}. */
@Component
class HistoryTool implements Tool<HistoryTool.Input, HistoryTool.Output> {

    private static final int DEFAULT_LIMIT = 20;
    private static final int DEFAULT_SEARCH_LIMIT = 10;
    private static final int MAX_EXCERPT_BYTES = 600;

    record Input(
            @ArgumentDescription("a question or words; #12: message 12 whole") @Nullable
            String query,

            @Nullable Integer limit,
            @ArgumentDescription("message number") @Nullable Long before,
            @ArgumentDescription("persona") @Nullable String with,

            @ArgumentDescription("any of its messages") @Nullable
            Long thread) {

        Input {
            if (query != null && (before != null || thread != null)) {
                throw Failure.invalid("a query finds messages wherever they are, so it takes neither before nor thread")
                        .hint("give only \"limit\" and \"with\" beside a query");
            }
        }
    }

    /**
     * Holds the messages, the oldest or the best match first.
     *
     * @param total the number of messages that match the query; null without a query
     * @param note what the list and the total do not show; null for nothing
     */
    record Output(
            List<MessageOutput> messages,
            @Nullable Integer total,
            @Nullable String note) implements ToolAnswer {
        @Override
        public String text() {
            String found = messages.isEmpty()
                    ? total == null ? "nothing was said" : "no message matches"
                    : messages.stream().map(MessageOutput::lines).collect(Collectors.joining("\n"));
            return found
                    + (total == null || total == messages.size()
                            ? ""
                            : "\nthe best " + messages.size() + " of " + total)
                    + (note == null ? "" : "\n" + note);
        }
    }

    private final RoomService room;
    private final MessageSearch search;

    HistoryTool(RoomService room, MessageSearch search) {
        this.room = room;
        this.search = search;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_history",
                "The room's newest messages and your mail, heard or not; with a query the best.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public boolean mayAnswerAtLength() {
        return true;
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        String query = arguments.query();
        if (query == null) {
            return newest(arguments, call);
        }
        OptionalLong number = NumberQuery.of(query);
        return number.isPresent() ? one(number.getAsLong(), call) : found(query, arguments, call);
    }

    private Output newest(Input arguments, ToolCall call) {
        int limit = Objects.requireNonNullElse(arguments.limit(), DEFAULT_LIMIT);
        List<MessageOutput> newestFirst = new ArrayList<>(room
                .history(
                        new HistoryQuery(call.actor(), arguments.with(), arguments.thread(), arguments.before(), limit))
                .stream()
                .map(message -> MessageOutput.of(message, call.actor().persona()))
                .toList());
        Collections.reverse(newestFirst);
        List<MessageOutput> shown = AnswerText.fitting(newestFirst, ArgumentBinder::json);
        Collections.reverse(shown);
        return new Output(shown, null, null);
    }

    private Output one(long number, ToolCall call) {
        List<MessageOutput> views = room.history(HistoryQuery.upTo(call.actor(), number)).stream()
                .filter(message -> message.number() == number)
                .map(message -> MessageOutput.of(message, call.actor().persona()))
                .toList();
        if (views.isEmpty()) {
            throw Failure.notFound("there is no message " + number + " that you can see")
                    .hint("leave the query out to see which there are");
        }
        return new Output(views, null, null);
    }

    private Output found(String query, Input arguments, ToolCall call) {
        MessageSearchResult found = search.find(MessageQuery.ofAnyTime(
                call.actor(),
                query,
                arguments.with(),
                Objects.requireNonNullElse(arguments.limit(), DEFAULT_SEARCH_LIMIT)));
        List<String> cut = new ArrayList<>();
        List<MessageOutput> views = found.found().stream()
                .map(each -> part(each, cut))
                .map(each -> MessageOutput.of(each, call.actor().persona()))
                .toList();
        return new Output(AnswerText.fitting(views, MessageOutput::text), found.total(), note(found, cut));
    }

    /** Returns the message with the part of its text around the words of the query. */
    private static PastMessage part(MessageSearchResult.FoundMessage found, List<String> cut) {
        PastMessage message = found.message();
        Excerpt excerpt = Excerpt.of(message.said().text(), found.why(), MAX_EXCERPT_BYTES);
        if (!excerpt.isWhole()) {
            cut.add("#" + message.number());
        }
        return message.text(excerpt.text());
    }

    private static @Nullable String note(MessageSearchResult found, List<String> cut) {
        List<String> notes = new ArrayList<>();
        if (!cut.isEmpty()) {
            notes.add(String.join(", ", cut) + " cut; whole: katra_history {\"query\":\"" + cut.get(0) + "\"}");
        }
        String rest = AnswerText.searchNote(found.total(), found.more(), found.complete(), found.weak());
        if (rest != null) {
            notes.add(rest);
        }
        return notes.isEmpty() ? null : String.join("\n", notes);
    }
}
