import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.text.Uids;
import dev.katra.core.store.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages said long ago, in the proportions of those that {@link Fill} says, straight into the tables. */
final class PastMessages {

    private static final int BATCH = 5000;
    private static final String MESSAGE = """
            INSERT INTO message (id, uid, persona_id, session_id, to_room, text, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String DELIVERY = """
            INSERT INTO delivery (persona_id, message_id, offers, offered_at, received_at) VALUES (?, ?, ?, ?, ?)""";

    private final JdbcTemplate jdbc;
    private final PersonaService personas;
    private final Writes writes;
    private final Corpus corpus = new Corpus();
    private final Random random = new Random(Corpus.SEED + 1);

    PastMessages(JdbcTemplate jdbc, PersonaService personas, Writes writes) {
        this.jdbc = jdbc;
        this.personas = personas;
        this.writes = writes;
    }

    void add(List<Actor> all, int count) {
        long away = personas.get("Away").id();
        long now = System.currentTimeMillis();
        for (int first = 1; first <= count; first += BATCH) {
            List<Object[]> messages = new ArrayList<>();
            List<Object[]> deliveries = new ArrayList<>();
            for (int id = first; id < Math.min(first + BATCH, count + 1); id++) {
                long at = now - (count - id + 1) * 1000L;
                Actor sender = all.get(random.nextInt(all.size()));
                Actor addressee = all.get(random.nextInt(all.size()));
                boolean direct = random.nextInt(10) >= 7 && addressee != sender;
                messages.add(new Object[] {
                    id, Uids.next(), sender.personaId(), sender.sessionId(), direct ? 0 : 1, corpus.note(id), at
                });
                for (Actor each : direct ? List.of(addressee) : all) {
                    if (each != sender) {
                        deliveries.add(new Object[] {each.personaId(), id, 1, at, at});
                    }
                }
                if (!direct) {
                    deliveries.add(new Object[] {away, id, 0, null, null});
                }
            }
            writes.run(() -> {
                jdbc.batchUpdate(MESSAGE, messages);
                jdbc.batchUpdate(DELIVERY, deliveries);
                return count;
            });
        }
    }
}
