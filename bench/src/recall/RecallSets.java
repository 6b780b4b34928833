import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.text.Uids;
import dev.katra.mcp.memory.AnswerTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Asks public sets of questions of Katra's own recall, and of SQLite's bm25 by itself, and prints how often the right text
 * is among the first five. Texts go in by the import, and questions to the service behind katra_recall.
 */
final class RecallSets {

    private static final int BATCH = 200;
    private static final int DEPTH = 10;
    private static final int RESAMPLES = 2_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    /** The tokens of an answer that a model reads before it has had enough. */
    private static final int FIRST_TOKENS = 400;

    /**
     * How a question was answered: the place of the first right text among ten, or 0, by either; and whether that text is
     * within the first tokens of what katra_recall answers.
     */
    private record Asked(int plain, int katra, boolean weak, boolean early) {}

    private final Path folder;
    private final boolean misses;

    private RecallSets(Path folder, boolean misses) {
        this.folder = folder;
        this.misses = misses;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        RecallSets bench = new RecallSets(folder, arguments[3].equals("yes"));
        System.out.println("| set | questions | bm25 hit@5 / MRR | Katra hit@5 / MRR | hit@5: more than bm25 (95 %) "
                + "| MRR: more than bm25 (95 %) | no answer: weak | answered: weak | within "
                + FIRST_TOKENS + " tokens |");
        System.out.println("|---|---:|---|---|---|---|---:|---:|---:|");
        for (Sets.QuestionSet set : Sets.read(arguments[1], Path.of(arguments[2]))) {
            bench.measure(set);
        }
    }

    private void measure(Sets.QuestionSet set) throws Exception {
        List<Asked> answered = new ArrayList<>();
        List<Asked> unanswerable = new ArrayList<>();
        for (Sets.Store store : set.stores()) {
            ask(set.name(), store, answered, unanswerable);
        }
        double[] hits = answered.stream().mapToDouble(each -> hit(each.katra()) - hit(each.plain())).toArray();
        double[] ranks = answered.stream()
                .mapToDouble(each -> reciprocal(each.katra()) - reciprocal(each.plain()))
                .toArray();
        System.out.println("| " + set.name() + " | " + answered.size() + " | "
                + score(answered.stream().mapToInt(Asked::plain).toArray()) + " | "
                + score(answered.stream().mapToInt(Asked::katra).toArray()) + " | " + interval(hits) + " | "
                + interval(ranks) + " | " + weak(unanswerable) + " | " + weak(answered) + " | "
                + early(answered) + " |");
    }

    private static String weak(List<Asked> asked) {
        return asked.isEmpty() ? "" : asked.stream().filter(Asked::weak).count() + " of " + asked.size();
    }

    private static String early(List<Asked> answered) {
        return String.format(
                Locale.ROOT,
                "%.3f",
                answered.stream().mapToInt(each -> each.early() ? 1 : 0).average().orElse(0));
    }

    private static double hit(int rank) {
        return rank >= 1 && rank <= 5 ? 1 : 0;
    }

    private static double reciprocal(int rank) {
        return rank == 0 ? 0 : 1.0 / rank;
    }

    private static String score(int[] ranks) {
        return String.format(
                Locale.ROOT,
                "%.3f / %.3f",
                Arrays.stream(ranks).mapToDouble(RecallSets::hit).average().orElse(0),
                Arrays.stream(ranks).mapToDouble(RecallSets::reciprocal).average().orElse(0));
    }

    /** The mean of differences, question by question, and the interval of 95 % of the means of as many drawn from them. */
    private static String interval(double[] differences) {
        Random random = new Random(20261130);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < differences.length; j++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[i] = sum / Math.max(1, differences.length);
        }
        Arrays.sort(means);
        return String.format(
                Locale.ROOT,
                "%+.3f (%+.3f to %+.3f)",
                Arrays.stream(differences).average().orElse(0),
                means[(int) (RESAMPLES * 0.025)],
                means[(int) (RESAMPLES * 0.975)]);
    }

    private void ask(String set, Sets.Store store, List<Asked> answered, List<Asked> unanswerable) throws Exception {
        KatraHome home = new KatraHome(Files.createTempDirectory(folder, "recall")).create();
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
                Connection plain = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            context.registerBean(KatraHome.class, () -> home);
            context.registerBean("homeLock", HomeLock.class, () -> lock, bean -> bean.setDestroyMethodName(""));
            context.register(Fill.Wiring.class);
            context.refresh();
            Map<String, String> keys = load(context.getBean(MemoryTransfer.class), store.texts());
            load(plain, store.texts());
            MemoryService memories = context.getBean(MemoryService.class);
            Actor viewer = Actor.human(context.getBean(PersonaService.class).ensure("Reader", true));
            for (Sets.Question question : store.questions()) {
                RecallResult result =
                        memories.recall(viewer, new RecallQuery(question.text(), MemoryFilter.ALL, DEPTH));
                List<String> found = result.found().stream()
                        .map(each -> keys.get(each.memory().uid()))
                        .toList();
                int place = rank(question, found);
                Asked asked = new Asked(
                        rank(question, plain(plain, store.texts(), question.text())),
                        place,
                        result.weak() || found.isEmpty(),
                        place > 0 && AnswerTokens.upTo(result, place, Instant.now()) <= FIRST_TOKENS);
                (question.expected().isEmpty() ? unanswerable : answered).add(asked);
                if (misses && !question.expected().isEmpty() && hit(asked.katra()) == 0) {
                    System.err.println(set + ", " + store.name() + ", " + question.group() + ": " + question.text()
                            + "\n  wanted " + question.expected() + ", bm25 has it at " + asked.plain() + "\n  found "
                            + found);
                }
            }
        }
    }

    private static Map<String, String> load(MemoryTransfer transfer, List<Sets.Text> texts) {
        Map<String, String> keys = new HashMap<>();
        List<ExportedMemory> batch = new ArrayList<>();
        String previous = "";
        for (Sets.Text text : texts) {
            if (text.content().isBlank()) {
                continue;
            }
            String uid = Uids.next();
            keys.put(uid, text.key());
            batch.add(new ExportedMemory(
                    uid,
                    new MemoryAuthor(text.author(), text.human()),
                    NewMemory.note(text.content()),
                    MemoryOrigin.unknown(text.at()),
                    text.follows() && !previous.isEmpty()
                            ? new ExportedMemory.Predecessors(previous, null)
                            : ExportedMemory.Predecessors.NONE,
                    ExportedMemory.Standing.HOLDS,
                    MemoryConfirmations.NONE));
            previous = uid;
            if (batch.size() == BATCH) {
                transfer.importAll(batch);
                batch.clear();
            }
        }
        transfer.importAll(batch);
        return keys;
    }

    private static void load(Connection plain, List<Sets.Text> texts) throws SQLException {
        try (Statement create = plain.createStatement()) {
            create.execute("CREATE VIRTUAL TABLE text USING fts5 (content, tokenize = 'porter unicode61')");
        }
        try (PreparedStatement add = plain.prepareStatement("INSERT INTO text (rowid, content) VALUES (?, ?)")) {
            for (int row = 0; row < texts.size(); row++) {
                add.setInt(1, row);
                add.setString(2, texts.get(row).author() + ": " + texts.get(row).content());
                add.executeUpdate();
            }
        }
    }

    /** The keys of the ten best texts by FTS5's own ranking, of all that have any word of the question. */
    private static List<String> plain(Connection plain, List<Sets.Text> texts, String question) throws SQLException {
        String match = WORD.matcher(question)
                .results()
                .map(MatchResult::group)
                .map(word -> "\"" + word + "\"")
                .collect(Collectors.joining(" OR "));
        try (PreparedStatement query =
                plain.prepareStatement("SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT " + DEPTH)) {
            query.setString(1, match);
            List<String> found = new ArrayList<>();
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                found.add(texts.get(rows.getInt(1)).key());
            }
            return found;
        }
    }

    private static int rank(Sets.Question question, List<String> found) {
        for (int i = 0; i < found.size(); i++) {
            for (String key : found.get(i).split(" ")) {
                if (question.expected().contains(key)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }
}
