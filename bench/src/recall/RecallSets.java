import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.semantic.EmbeddingIndex;
import dev.katra.core.text.Uids;
import dev.katra.mcp.memory.AnswerTokens;
import dev.katra.shell.semantic.SentenceModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Asks sets of questions of Katra's own recall, and of SQLite's bm25 by itself, and prints how often the right text is
 * among the first five. With a model it asks Katra's recall without and with it instead. Texts go in by the import, and
 * questions to the service behind katra_recall.
 */
final class RecallSets {

    private static final int BATCH = 200;
    private static final int DEPTH = 10;
    private static final int RESAMPLES = 2_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    /** The tokens of an answer that a model reads before it has had enough. */
    private static final int FIRST_TOKENS = 400;

    /**
     * What was found.
     *
     * @param rank the place of the first right text among ten, or 0
     * @param weak whether the answer is marked as only the nearest
     * @param early whether that text is within the first tokens of what katra_recall answers
     * @param tokens how many tokens that answer has
     */
    private record Found(int rank, boolean weak, boolean early, double tokens) {}

    /** How a question was answered, by what Katra is compared with and by Katra. */
    private record Asked(Sets.Question question, Found plain, Found katra) {

        boolean answerable() {
            return !question.expected().isEmpty();
        }
    }

    private final Path folder;
    private final boolean misses;
    private final SentenceModel model;

    private RecallSets(Path folder, boolean misses, SentenceModel model) {
        this.folder = folder;
        this.misses = misses;
        this.model = model;
    }

    /** Arguments: a temporary folder, the set, its path, whether to print misses, and a model's files and jar, or nothing. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SentenceModel model = null;
        if (!arguments[4].isEmpty()) {
            Path files = Path.of(arguments[4]);
            model = arguments[5].isEmpty()
                    ? SentenceModel.own(files)
                    : SentenceModel.of(Path.of(arguments[5]), files, folder);
        }
        RecallSets bench = new RecallSets(folder, arguments[3].equals("yes"), model);
        String one = model == null ? "bm25" : "words";
        String other = model == null ? "Katra" : "words and meaning";
        System.out.println("| set | questions | " + one + " hit@5 / MRR | " + other + " hit@5 / MRR | hit@5: more than "
                + one + " (95 %) | MRR: more than " + one + " (95 %) | no answer: marked | answered: marked "
                + "| within " + FIRST_TOKENS + " tokens | tokens |");
        System.out.println("|---|---:|---|---|---|---|---:|---:|---:|---:|");
        for (Sets.QuestionSet set : Sets.read(arguments[1], Path.of(arguments[2]))) {
            bench.measure(set);
        }
        if (model != null) {
            System.out.printf(Locale.ROOT, "%n%s: %.1f ms of a processor for a text%n", model.id(), model.milliseconds());
        }
    }

    private void measure(Sets.QuestionSet set) throws Exception {
        List<Asked> all = new ArrayList<>();
        for (Sets.Store store : set.stores()) {
            ask(set.name(), store, all);
        }
        print(set.name(), all);
        set.parts().forEach((name, groups) -> print(
                name, all.stream().filter(each -> groups.contains(each.question().group())).toList()));
    }

    private void print(String name, List<Asked> all) {
        List<Asked> answered = all.stream().filter(Asked::answerable).toList();
        List<Asked> unanswerable = all.stream().filter(each -> !each.answerable()).toList();
        double[] hits = answered.stream()
                .mapToDouble(each -> hit(each.katra().rank()) - hit(each.plain().rank()))
                .toArray();
        double[] ranks = answered.stream()
                .mapToDouble(each -> reciprocal(each.katra().rank()) - reciprocal(each.plain().rank()))
                .toArray();
        System.out.println("| " + name + " | " + answered.size() + " | " + score(found(answered, false)) + " | "
                + score(found(answered, true)) + " | " + interval(hits) + " | " + interval(ranks) + " | "
                + marked(unanswerable) + " | " + marked(answered) + " | " + both(answered, "%.3f", each -> each.early() ? 1 : 0) + " | "
                + both(answered, "%.0f", Found::tokens) + " |");
    }

    private static List<Found> found(List<Asked> asked, boolean katra) {
        return asked.stream().map(each -> katra ? each.katra() : each.plain()).toList();
    }

    /** How many answers say that they are only the nearest: Katra's, or by words and by both. */
    private String marked(List<Asked> asked) {
        if (asked.isEmpty()) {
            return "";
        }
        long katra = asked.stream().filter(each -> each.katra().weak()).count();
        long words = asked.stream().filter(each -> each.plain().weak()).count();
        return (model == null ? "" : words + " → ") + katra + " of " + asked.size();
    }

    /** A mean of Katra's, or of both if there is a model. */
    private String both(List<Asked> asked, String format, ToDoubleFunction<Found> what) {
        String katra = String.format(Locale.ROOT, format, mean(found(asked, true), what));
        return model == null
                ? katra
                : String.format(Locale.ROOT, format, mean(found(asked, false), what)) + " → " + katra;
    }

    private static double mean(List<Found> found, ToDoubleFunction<Found> what) {
        return found.stream().mapToDouble(what).average().orElse(0);
    }

    private static double hit(int rank) {
        return rank >= 1 && rank <= 5 ? 1 : 0;
    }

    private static double reciprocal(int rank) {
        return rank == 0 ? 0 : 1.0 / rank;
    }

    private static String score(List<Found> found) {
        return String.format(
                Locale.ROOT,
                "%.3f / %.3f",
                mean(found, each -> hit(each.rank())),
                mean(found, each -> reciprocal(each.rank())));
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

    private void ask(String set, Sets.Store store, List<Asked> all) throws Exception {
        KatraHome home = new KatraHome(Files.createTempDirectory(folder, "recall")).create();
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
                Connection plain = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            context.registerBean(KatraHome.class, () -> home);
            context.registerBean("homeLock", HomeLock.class, () -> lock, bean -> bean.setDestroyMethodName(""));
            SetClock clock = new SetClock();
            context.registerBean(Clock.class, () -> clock);
            context.register(Fill.Wiring.class);
            context.refresh();
            Map<String, String> keys = load(context.getBean(MemoryTransfer.class), store.texts());
            load(plain, store.texts());
            List<Found> compared = new ArrayList<>();
            for (Sets.Question question : store.questions()) {
                compared.add(
                        model == null
                                ? new Found(rank(question, plain(plain, store.texts(), question.text())), false, false, 0)
                                : recall(context, clock, question, keys));
            }
            if (model != null) {
                embed(context);
            }
            for (int i = 0; i < compared.size(); i++) {
                Sets.Question question = store.questions().get(i);
                Asked asked = new Asked(question, compared.get(i), recall(context, clock, question, keys));
                all.add(asked);
                if (misses && asked.answerable() && hit(asked.katra().rank()) == 0) {
                    System.err.println(set + ", " + store.name() + ", " + question.group() + ": " + question.text()
                            + "\n  wanted " + question.expected() + ", the other has it at "
                            + asked.plain().rank());
                }
            }
        }
    }

    /** Embeds all memories beforehand, since the server pauses as long as it computes, and switches to the model. */
    private void embed(AnnotationConfigApplicationContext context) throws InterruptedException {
        context.getBean(MemoryVectors.class)
                .pending(model.id(), 0, Integer.MAX_VALUE)
                .forEach(memory -> model.embedText(memory.textToEmbed()));
        EmbeddingIndex index = context.getBean(EmbeddingIndex.class);
        index.switchOn(model);
        while (!index.state().complete()) {
            String failure = index.state().failure();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            Thread.sleep(1);
        }
    }

    private static Found recall(
            AnnotationConfigApplicationContext context, SetClock clock, Sets.Question question, Map<String, String> keys) {
        clock.set(question.now());
        Actor viewer = Actor.human(context.getBean(PersonaService.class)
                .ensure(question.viewer().isEmpty() ? "Reader" : question.viewer(), true));
        RecallResult result = context.getBean(MemoryService.class)
                .recall(viewer, new RecallQuery(question.text(), MemoryFilter.ALL, DEPTH));
        List<String> found = result.found().stream()
                .map(each -> keys.get(each.memory().uid()))
                .toList();
        int place = rank(question, found);
        Instant now = clock.instant();
        return new Found(
                place,
                result.weak() || found.isEmpty(),
                place > 0 && AnswerTokens.upTo(result, place, now) <= FIRST_TOKENS,
                AnswerTokens.upTo(result, found.size(), now));
    }

    /** The clock of a store, which says when a question is asked. */
    private static final class SetClock extends Clock {
        private final Clock real = Clock.tickMillis(ZoneId.systemDefault());
        private Instant set;

        void set(Instant now) {
            set = now;
        }

        @Override
        public Instant instant() {
            return set == null ? real.instant() : set;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return real.withZone(zone);
        }
    }

    private static Map<String, String> load(MemoryTransfer transfer, List<Sets.Text> texts) {
        Map<String, String> keys = new HashMap<>();
        List<ExportedMemory> batch = new ArrayList<>();
        Map<String, String> uids = new HashMap<>();
        Map<String, String> sessions = new HashMap<>();
        String previous = "";
        for (Sets.Text text : texts) {
            if (text.content().isBlank()) {
                continue;
            }
            String uid = Uids.next();
            keys.put(uid, text.key());
            Sets.Details details = text.details();
            String before = text.follows() && !previous.isEmpty() ? previous : sessions.get(details.session());
            batch.add(new ExportedMemory(
                    uid,
                    new MemoryAuthor(text.author(), text.human()),
                    text.memory(),
                    MemoryOrigin.unknown(text.at()),
                    new ExportedMemory.Predecessors(before, uids.get(details.supersedes())),
                    ExportedMemory.Standing.HOLDS,
                    details.confirmations() == 0
                            ? MemoryConfirmations.NONE
                            : new MemoryConfirmations(
                                    details.confirmations(),
                                    text.at().plus(Duration.ofDays(3L * details.confirmations())))));
            previous = uid;
            uids.put(text.key(), uid);
            if (!details.session().isEmpty()) {
                sessions.put(details.session(), uid);
            }
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
                if (question.below().contains(key)) {
                    return 0;
                }
            }
        }
        return 0;
    }
}
