import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.store.Reads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * A recall without its way over HTTP, and by turns with it FTS5 alone: the very statements that the recall has had FTS5
 * rank, run once more. Prints a line for each question: nanoseconds of the recall, of FTS5 alone, and how many there were.
 */
final class SearchAlone {

    private static final String RANKS = "rank MATCH";

    private final List<Runnable> asked = new ArrayList<>();
    private boolean listening;

    public static void main(String[] arguments) {
        new SearchAlone()
                .run(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Long.parseLong(arguments[3]));
    }

    private void run(Path folder, int warmUp, int questions, long notes) {
        KatraHome home = new KatraHome(folder);
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(KatraHome.class, () -> home);
            context.registerBean("homeLock", HomeLock.class, () -> lock, bean -> bean.setDestroyMethodName(""));
            context.getBeanFactory().addBeanPostProcessor(new Listening());
            context.register(Fill.Wiring.class);
            context.refresh();
            MemoryService memories = context.getBean(MemoryService.class);
            Reads reads = context.getBean(Reads.class);
            Actor viewer = Actor.human(context.getBean(PersonaService.class).ensure("Ada", true));
            Corpus corpus = new Corpus();
            for (int i = 0; i < warmUp + questions; i++) {
                RecallQuery query = RecallQuery.of(corpus.question(i + 1, notes));
                asked.clear();
                listening = true;
                long start = System.nanoTime();
                int found = memories.recall(viewer, query).found().size();
                long whole = System.nanoTime() - start;
                listening = false;
                start = System.nanoTime();
                reads.run(() -> {
                    asked.forEach(Runnable::run);
                    return asked.size();
                });
                long alone = System.nanoTime() - start;
                if (found == 0 || asked.isEmpty()) {
                    throw new IllegalStateException(found + " found, " + asked.size() + " ranked for " + query.text());
                }
                if (i >= warmUp) {
                    System.out.println("alone " + whole + " " + alone + " " + asked.size());
                }
            }
        }
    }

    /** Hands out a JdbcTemplate that writes down what FTS5 is to rank. */
    private final class Listening implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof JdbcTemplate template ? new Listener(template) : bean;
        }
    }

    private final class Listener extends JdbcTemplate {

        Listener(JdbcTemplate template) {
            super(Objects.requireNonNull(template.getDataSource()));
        }

        @Override
        public <T> List<T> query(String sql, RowMapper<T> rows, @Nullable Object... values) {
            if (listening && sql.contains(RANKS)) {
                asked.add(() -> super.query(sql, rows, values));
            }
            return super.query(sql, rows, values);
        }
    }
}
