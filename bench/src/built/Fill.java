import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Writes;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Fills a home through Katra's own services, with many writes per transaction, while no server runs over it: sessions
 * (S1, S2, ...) of a process that lives, messages that nearly all have received, memories. Of very many messages the older
 * go straight into the tables.
 */
final class Fill {

    private static final int BATCH = 500;
    /** The last so many messages; those before are written straight into the tables. */
    private static final int THROUGH_SERVICES = 1000;

    private final AnnotationConfigApplicationContext context;
    private final Corpus corpus = new Corpus();
    private final List<Actor> sessions = new ArrayList<>();

    private Fill(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        KatraHome home = new KatraHome(Path.of(options.get("--home"))).create();
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(KatraHome.class, () -> home);
            context.registerBean("homeLock", HomeLock.class, () -> lock, bean -> bean.setDestroyMethodName(""));
            context.register(Wiring.class, PastMessages.class);
            context.refresh();
            new Fill(context).fill(options);
        }
    }

    private void fill(Map<String, String> options) throws IOException {
        long start = System.nanoTime();
        int count = number(options, "--sessions");
        List<String> tokens = sessions(
                count,
                WakePolicy.valueOf(options.getOrDefault("--wake", "DIRECT")),
                LiveProcess.of(Long.parseLong(options.get("--pid"))).orElseThrow());
        Path file = Path.of(options.get("--tokens"));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, tokens, StandardOpenOption.TRUNCATE_EXISTING);
        messages(number(options, "--messages"));
        memories(number(options, "--memories"));
        System.out.printf(
                "filled %s with %d sessions, %d messages and %d memories in %.1f s%n",
                Path.of(options.get("--home")).getFileName(),
                count,
                number(options, "--messages"),
                number(options, "--memories"),
                (System.nanoTime() - start) / 1e9);
    }

    private static int number(Map<String, String> options, String option) {
        return Integer.parseInt(options.getOrDefault(option, "0"));
    }

    private List<String> sessions(int count, WakePolicy wake, LiveProcess process) {
        SessionService service = context.getBean(SessionService.class);
        List<String> tokens = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ClaimedSession claimed = service.claim(new SessionClaim(
                    "S" + i,
                    new ModelSource("demo", null, "direct"),
                    Place.TERMINAL,
                    Path.of("/"),
                    new SessionPurpose(wake),
                    new SessionClient(UUID.randomUUID().toString(), true)));
            service.recordProcess(claimed.session().id(), process.pid(), process.mark(), null, null);
            service.recordConnection(claimed.session().id());
            sessions.add(service.actor(claimed.session()));
            tokens.add(claimed.token());
        }
        return tokens;
    }

    /**
     * Seven of ten go to the room, the others to one session, and one of ten of these answers what the room was told. The sessions and Ada,
     * a person, have received all; Away was here once, and has received nothing. Three that S2 has not received come last.
     */
    private void messages(int count) {
        if (count == 0) {
            return;
        }
        RoomService room = context.getBean(RoomService.class);
        PersonaService personas = context.getBean(PersonaService.class);
        Writes writes = context.getBean(Writes.class);
        personas.noteArrival(personas.ensure("Away", false).id());
        List<Actor> all = new ArrayList<>(sessions);
        Persona ada = personas.ensure("Ada", true);
        personas.noteArrival(ada.id());
        all.add(Actor.human(ada));
        Random random = new Random(Corpus.SEED);
        int bulk = Math.max(0, count - THROUGH_SERVICES);
        context.getBean(PastMessages.class).add(all, bulk);
        for (int first = bulk; first < count; first += BATCH) {
            int from = first;
            int to = Math.min(first + BATCH, count);
            writes.run(() -> {
                List<Long> numbers = new ArrayList<>();
                List<Long> toRoom = new ArrayList<>(); // which everybody may answer
                for (int i = from; i < to; i++) {
                    Actor sender = all.get(random.nextInt(all.size()));
                    Actor addressee = all.get(random.nextInt(all.size()));
                    boolean direct = random.nextInt(10) >= 7 && addressee != sender;
                    Long answered = toRoom.isEmpty() || random.nextInt(10) > 0 || !direct
                            ? null
                            : toRoom.get(random.nextInt(toRoom.size()));
                    List<String> names = direct ? List.of(addressee.persona()) : List.of();
                    long number = room.say(sender, new NewMessage(names, corpus.note(i), answered), null)
                            .number();
                    numbers.add(number);
                    if (!direct) {
                        toRoom.add(number);
                    }
                }
                all.forEach(actor -> room.markReceived(actor, numbers));
                return numbers.size();
            });
        }
        for (int i = 0; i < 3; i++) {
            room.say(sessions.get(0), new NewMessage(List.of("S2"), "unread " + i, null), null);
        }
    }

    private void memories(int count) {
        MemoryService memories = context.getBean(MemoryService.class);
        Writes writes = context.getBean(Writes.class);
        MemoryKind[] kinds = MemoryKind.values();
        for (int first = 0; first < count; first += BATCH) {
            int from = first;
            int to = Math.min(first + BATCH, count);
            writes.run(() -> {
                for (int i = from; i < to; i++) {
                    memories.remember(
                            sessions.get(i % sessions.size()),
                            new NewMemory(
                                    corpus.memory(i),
                                    kinds[i % kinds.length],
                                    MemoryScope.TEAM,
                                    1 + i % 5,
                                    List.of(corpus.tag(i))),
                            null);
                }
                return to;
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(CoreConfiguration.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        DataJdbcRepositoriesAutoConfiguration.class
    })
    static class Wiring {}
}
