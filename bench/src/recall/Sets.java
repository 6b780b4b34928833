import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads public sets of questions from files that somebody has fetched. None of them belongs to Katra, and nothing of them
 * is kept in this repository.
 */
final class Sets {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TURN = Pattern.compile("D\\d+:\\d+");
    private static final DateTimeFormatter LOCOMO_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter BEAM_DATE = DateTimeFormatter.ofPattern("MMMM-d-yyyy", Locale.ENGLISH);
    private static final int MAX_CHARACTERS = 16_000; // of four bytes at most
    private static final Instant UNKNOWN = Instant.parse("2024-01-01T00:00:00Z");
    /** The groups of BEAM's questions whose answer is a fact that stands in one message or in a few. */
    private static final Set<String> FACTS = Set.of(
            "information_extraction",
            "knowledge_update",
            "temporal_reasoning",
            "multi_session_reasoning",
            "contradiction_resolution");

    private Sets() {}

    /**
     * A text that is remembered.
     *
     * @param key what a question names it by; several texts may have the same
     * @param follows whether it follows the one before it in a conversation
     * @param details what a text of our own set has besides; it then follows the last one of its session
     */
    record Text(
            String key, String author, boolean human, Instant at, String content, boolean follows, Details details) {

        Text(String key, String author, boolean human, Instant at, String content, boolean follows) {
            this(key, author, human, at, content, follows, Details.NONE);
        }

        NewMemory memory() {
            return new NewMemory(content, details.kind(), details.scope(), details.importance(), details.tags());
        }

        /** Adds this text; one that is larger than a memory may be in parts of the same key. */
        void addTo(List<Text> texts) {
            for (int from = 0; from < content.length(); from += MAX_CHARACTERS) {
                texts.add(new Text(
                        key,
                        author,
                        human,
                        at,
                        content.substring(from, Math.min(content.length(), from + MAX_CHARACTERS)),
                        follows || from > 0));
            }
        }
    }

    /**
     * What a memory may have besides its text.
     *
     * @param session the key of the session that wrote it; empty for none
     * @param supersedes the key of the memory that it replaces; empty for none
     */
    record Details(
            MemoryKind kind,
            MemoryScope scope,
            int importance,
            List<String> tags,
            String session,
            String supersedes,
            int confirmations) {

        static final Details NONE = new Details(
                MemoryKind.NOTE, MemoryScope.TEAM, NewMemory.DEFAULT_IMPORTANCE, List.of(), "", "", 0);
    }

    /**
     * A question.
     *
     * @param expected the keys of the texts that answer it; empty if none does
     * @param below keys of texts that must not stand above these
     * @param viewer who asks; empty for a reader who has written nothing
     * @param now when it is asked; null for today
     */
    record Question(
            String group, String text, Set<String> expected, Set<String> below, String viewer, Instant now) {

        Question(String group, String text, Set<String> expected) {
            this(group, text, expected, Set.of(), "", null);
        }
    }

    /** Texts in one store, and what is asked of it. */
    record Store(String name, List<Text> texts, List<Question> questions) {}

    /**
     * A set of questions under the name that a row of the table has.
     *
     * @param parts the groups of questions that have a row of their own, by its name
     */
    record QuestionSet(String name, List<Store> stores, Map<String, Set<String>> parts) {

        QuestionSet(String name, List<Store> stores) {
            this(name, stores, Map.of());
        }

        QuestionSet together(String name) {
            List<Text> texts = new ArrayList<>();
            List<Question> questions = new ArrayList<>();
            stores.forEach(store -> {
                texts.addAll(store.texts());
                questions.addAll(store.questions());
            });
            return new QuestionSet(name, List.of(new Store(name, texts, questions)));
        }
    }

    static List<QuestionSet> read(String name, Path path) throws IOException {
        return switch (name) {
            case "beam" -> beam(path);
            case "locomo" -> locomo(path);
            case "devmem" -> List.of(devMem(path));
            case "own" -> own(path);
            default -> throw new IllegalArgumentException("there is no set " + name);
        };
    }

    /** BEAM (mohammadtavakoli78/BEAM): a folder for each chat, with chat.json and probing_questions/. */
    private static List<QuestionSet> beam(Path folder) throws IOException {
        List<Path> chats;
        try (var found = Files.list(folder)) {
            chats = found.filter(chat -> Files.exists(chat.resolve("chat.json"))).sorted().toList();
        }
        List<Store> stores = new ArrayList<>();
        for (Path chat : chats) {
            List<Text> texts = new ArrayList<>();
            String name = chat.getFileName().toString();
            Instant at = UNKNOWN;
            for (JsonNode batch : json(chat.resolve("chat.json"))) {
                for (JsonNode turn : batch.path("turns")) {
                    for (JsonNode message : turn) {
                        String anchor = message.path("time_anchor").asString("");
                        if (!anchor.isEmpty()) {
                            at = LocalDate.parse(anchor, BEAM_DATE).atTime(12, 0).toInstant(ZoneOffset.UTC);
                        }
                        boolean user = message.path("role").asString("").equals("user");
                        new Text(
                                name + "/" + message.path("id").asInt(),
                                user ? "User" : "Assistant",
                                user,
                                at.plusSeconds(texts.size()),
                                message.path("content").asString(""),
                                !texts.isEmpty()).addTo(texts);
                    }
                }
            }
            List<Question> questions = new ArrayList<>();
            for (Map.Entry<String, JsonNode> group :
                    json(chat.resolve("probing_questions/probing_questions.json")).properties()) {
                for (JsonNode each : group.getValue()) {
                    Set<String> expected = new TreeSet<>();
                    numbers(each.path("source_chat_ids"), name, expected);
                    if (!expected.isEmpty() || group.getKey().equals("abstention")) {
                        questions.add(new Question(group.getKey(), each.path("question").asString(""), expected));
                    }
                }
            }
            stores.add(new Store(name, texts, questions));
        }
        return List.of(new QuestionSet("BEAM, all questions", stores, Map.of("BEAM, fact questions", FACTS)));
    }

    private static void numbers(JsonNode node, String chat, Set<String> into) {
        if (node.isContainer()) {
            node.forEach(each -> numbers(each, chat, into));
        } else if (node.isNumber()) {
            into.add(chat + "/" + node.asInt());
        }
    }

    /** LoCoMo (snap-research/locomo): locomo10.json. */
    private static List<QuestionSet> locomo(Path file) throws IOException {
        List<Store> turns = new ArrayList<>();
        List<Store> observations = new ArrayList<>();
        for (JsonNode sample : json(file)) {
            String name = sample.path("sample_id").asString("");
            JsonNode conversation = sample.path("conversation");
            List<Question> questions = new ArrayList<>();
            for (JsonNode each : sample.path("qa")) {
                Set<String> expected = new HashSet<>();
                each.path("evidence").forEach(evidence -> keys(name, evidence.asString(""), expected));
                if (!expected.isEmpty()) {
                    questions.add(new Question(
                            each.path("category").asInt() + "", each.path("question").asString(""), expected));
                }
            }
            List<Text> said = new ArrayList<>();
            List<Text> seen = new ArrayList<>();
            for (int session = 1; conversation.has("session_" + session); session++) {
                Instant at = LocalDateTime.parse(
                                conversation.path("session_" + session + "_date_time").asString(""), LOCOMO_TIME)
                        .toInstant(ZoneOffset.UTC);
                boolean first = true;
                for (JsonNode turn : conversation.path("session_" + session)) {
                    new Text(
                            name + "/" + turn.path("dia_id").asString(""),
                            turn.path("speaker").asString(""),
                            true,
                            at.plusSeconds(said.size()),
                            turn.path("text").asString(""),
                            !first).addTo(said);
                    first = false;
                }
                JsonNode noted = sample.path("observation").path("session_" + session + "_observation");
                for (Map.Entry<String, JsonNode> speaker : noted.properties()) {
                    for (JsonNode note : speaker.getValue()) {
                        Set<String> keys = new TreeSet<>();
                        keys(name, note.path(1).toString(), keys);
                        new Text(
                                String.join(" ", keys),
                                speaker.getKey(),
                                true,
                                at.plusSeconds(seen.size()),
                                note.path(0).asString(""),
                                false).addTo(seen);
                    }
                }
            }
            turns.add(new Store(name, said, questions));
            observations.add(new Store(name, seen, questions));
        }
        QuestionSet each = new QuestionSet("LoCoMo turns, one store each", turns);
        return List.of(
                each,
                each.together("LoCoMo turns, all in one"),
                new QuestionSet("LoCoMo observations, one store each", observations));
    }

    private static void keys(String sample, String text, Set<String> into) {
        Matcher turn = TURN.matcher(text);
        while (turn.find()) {
            into.add(sample + "/" + turn.group());
        }
    }

    /** DevMemBench (prosperitypirate/opencode-memory): the folder with sessions.json and questions.json. */
    private static QuestionSet devMem(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        for (JsonNode session : json(folder.resolve("sessions.json"))) {
            Instant at = LocalDate.parse(session.path("metadata").path("date").asString(""))
                    .atTime(9, 0)
                    .toInstant(ZoneOffset.UTC);
            boolean first = true;
            for (JsonNode message : session.path("messages")) {
                boolean user = message.path("role").asString("").equals("user");
                new Text(
                        session.path("sessionId").asString(""),
                        user ? "User" : "Assistant",
                        user,
                        at.plusSeconds(texts.size()),
                        message.path("content").asString(""),
                        !first).addTo(texts);
                first = false;
            }
        }
        List<Question> questions = new ArrayList<>();
        for (JsonNode each : json(folder.resolve("questions.json"))) {
            Set<String> expected = new TreeSet<>();
            each.path("haystackSessionIds").forEach(session -> expected.add(session.asString("")));
            questions.add(new Question(
                    each.path("questionType").asString(""), each.path("question").asString(""), expected));
        }
        return new QuestionSet("DevMemBench", List.of(new Store("devmem", texts, questions)));
    }

    /** Our own set: the folder with memories.jsonl and both halves of the questions. Of each, first all and then its classes. */
    private static List<QuestionSet> own(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("memories.jsonl"))) {
            String session = line.path("session").asString("");
            texts.add(new Text(
                    line.path("id").asString(""),
                    line.path("author").asString(""),
                    session.isEmpty(),
                    Instant.parse(line.path("at").asString("")),
                    line.path("content").asString(""),
                    false,
                    new Details(
                            MemoryKind.valueOf(line.path("kind").asString("").toUpperCase(Locale.ROOT)),
                            MemoryScope.valueOf(line.path("scope").asString("").toUpperCase(Locale.ROOT)),
                            line.path("importance").asInt(),
                            strings(line.path("tags")),
                            session,
                            line.path("supersedes").asString(""),
                            line.path("confirmations").asInt(0))));
        }
        List<QuestionSet> sets = new ArrayList<>();
        for (String half : List.of("tune", "held-out")) {
            List<Question> questions = new ArrayList<>();
            Set<String> groups = new LinkedHashSet<>();
            for (JsonNode line : lines(folder.resolve("questions-" + half + ".jsonl"))) {
                if (line.has("question") && line.path("forbidden").isEmpty()) {
                    String group = line.path("class").asString("");
                    questions.add(new Question(
                            group,
                            line.path("question").asString(""),
                            Set.copyOf(strings(line.path("expected"))),
                            Set.copyOf(strings(line.path("below"))),
                            line.path("viewer").asString(""),
                            Instant.parse(line.path("now").asString(""))));
                    groups.add(group);
                }
            }
            groups.remove("nothing");
            Map<String, Set<String>> parts = new LinkedHashMap<>();
            groups.forEach(group -> parts.put("own, " + half + ": " + group, Set.of(group)));
            sets.add(new QuestionSet("own, " + half, List.of(new Store(half, texts, questions)), parts));
        }
        return sets;
    }

    private static List<String> strings(JsonNode array) {
        return array.values().stream().map(each -> each.asString("")).toList();
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).map(JSON::readTree).toList();
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }
}
