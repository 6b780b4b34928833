package dev.katra.mcp.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.room.FoundMessages;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.MessageQuery;
import dev.katra.core.room.MessageSearch;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.text.Excerpt;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Arguments;
import dev.katra.mcp.tool.Lines;
import dev.katra.mcp.tool.Numbers;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_history}. */
@Component
class HistoryTool implements Tool<HistoryTool.Input, HistoryTool.Output> {

    private static final int USUAL_LIMIT = 20;
    private static final int FOUND_LIMIT = 10;
    private static final int FOUND_BYTES = 600;

    record Input(
            @Says("a question or words; #12 gives message 12 whole") @Nullable
            String query,

            @Nullable Integer limit,
            @Says("message number") @Nullable Long before,
            @Says("persona") @Nullable String with,
            @Says("number of any of its messages") @Nullable Long thread) {

        Input {
            if (query != null && (before != null || thread != null)) {
                throw Failure.invalid("a query finds messages wherever they are, without before and thread")
                        .hint("give query with limit and with only");
            }
        }
    }

    /**
     * The messages: oldest first, or best match first.
     *
     * @param total how many match the query
     * @param note what the numbers do not say
     */
    record Output(
            List<MessageView> messages,
            @Nullable Integer total,
            @Nullable String note) implements Answer {
        @Override
        public String text() {
            String found = messages.isEmpty()
                    ? total == null ? "nothing was said" : "no message matches"
                    : messages.stream().map(MessageView::lines).collect(Collectors.joining("\n"));
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
                "The newest messages of the room and of your own mail, heard or not; with a query the best matches.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public boolean answersAtLength() {
        return true;
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        String query = arguments.query();
        if (query == null) {
            return newest(arguments, call);
        }
        OptionalLong number = Numbers.of(query);
        return number.isPresent() ? one(number.getAsLong(), call) : found(query, arguments, call);
    }

    private Output newest(Input arguments, ToolCall call) {
        int limit = Objects.requireNonNullElse(arguments.limit(), USUAL_LIMIT);
        List<MessageView> newestFirst = new ArrayList<>(room
                .history(
                        new HistoryQuery(call.actor(), arguments.with(), arguments.thread(), arguments.before(), limit))
                .stream()
                .map(message -> MessageView.of(message, call.actor().persona()))
                .toList());
        Collections.reverse(newestFirst);
        List<MessageView> shown = Lines.fitting(newestFirst, Arguments::json);
        Collections.reverse(shown);
        return new Output(shown, null, null);
    }

    private Output one(long number, ToolCall call) {
        List<MessageView> views = room.history(new HistoryQuery(call.actor(), null, null, number + 1, 1)).stream()
                .filter(message -> message.number() == number)
                .map(message -> MessageView.of(message, call.actor().persona()))
                .toList();
        if (views.isEmpty()) {
            throw Failure.notFound("there is no message " + number + " that you can see");
        }
        return new Output(views, null, null);
    }

    private Output found(String query, Input arguments, ToolCall call) {
        FoundMessages found = search.find(new MessageQuery(
                call.actor(),
                query,
                arguments.with(),
                null,
                Objects.requireNonNullElse(arguments.limit(), FOUND_LIMIT)));
        List<String> cut = new ArrayList<>();
        List<MessageView> views = found.found().stream()
                .map(each -> part(each, cut))
                .map(each -> MessageView.of(each, call.actor().persona()))
                .toList();
        return new Output(Lines.fitting(views, MessageView::text), found.total(), note(found, cut));
    }

    /** The message with the part of its text around what was looked for. */
    private static PastMessage part(FoundMessages.Found found, List<String> cut) {
        PastMessage message = found.message();
        Excerpt excerpt = Excerpt.of(message.text(), found.why(), FOUND_BYTES);
        if (!excerpt.whole()) {
            cut.add("#" + message.number());
        }
        return new PastMessage(
                message.number(),
                message.from(),
                message.human(),
                message.toRoom(),
                message.replyTo(),
                excerpt.text(),
                message.at(),
                message.receipts());
    }

    private static @Nullable String note(FoundMessages found, List<String> cut) {
        List<String> notes = new ArrayList<>();
        if (!cut.isEmpty()) {
            notes.add(String.join(", ", cut) + " cut; whole: katra_history {\"query\":\"" + cut.get(0) + "\"}");
        }
        String rest = Lines.note(found.total(), found.more(), found.complete(), found.weak());
        if (rest != null) {
            notes.add(rest);
        }
        return notes.isEmpty() ? null : String.join("\n", notes);
    }
}
