package dev.katra.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BackupTests {

    private static final int WRITERS = 4;
    private static final int BACKUPS = 12;

    @TempDir
    Path folder;

    /** Each backup is restored, which checks it, and holds at least what was acknowledged before it began. */
    @Test
    void isOfOneMomentUnderWritersAndHoldsWhatWasAcknowledgedBefore() throws Exception {
        Map<Path, Set<String>> acknowledged = new HashMap<>();
        Set<String> written = ConcurrentHashMap.newKeySet();
        try (TestStore store = TestStore.open(folder)) {
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                Actor actor = store.session("Writer" + w);
                Thread writer = new Thread(() -> {
                    for (int n = 0; !over.get(); n++) {
                        String text = actor.persona() + " remembers " + n + " " + "x".repeat(n % 3000);
                        store.memory().remember(actor, NewMemory.note(text), null);
                        written.add(text);
                    }
                });
                writer.start();
                writers.add(writer);
            }
            try {
                for (int n = 0; n < BACKUPS; n++) {
                    while (written.size() < n * 25) {
                        Thread.onSpinWait();
                    }
                    Set<String> before = new HashSet<>(written);
                    Path file = folder.resolve("backup-" + n + ".zip");
                    BackupManifest contents = store.bean(Backup.class).write(file, "1.2.3");
                    assertThat(contents.memories()).isGreaterThanOrEqualTo(before.size());
                    acknowledged.put(file, before);
                }
            } finally {
                over.set(true);
                for (Thread writer : writers) {
                    writer.join();
                }
            }
        }
        for (Map.Entry<Path, Set<String>> each : acknowledged.entrySet()) {
            Path place = Files.createTempDirectory(folder, "restored");
            restore(each.getKey(), TestStore.home(place));
            assertThat(memories(place)).containsAll(each.getValue()).isSubsetOf(written);
        }
    }

    @Test
    void takesTheConfigurationAlongAndNoSecret() throws Exception {
        KatraHome home = TestStore.home(folder);
        Path file = folder.resolve("backup.zip");
        try (TestStore store = TestStore.open(folder)) {
            var claimed = store.sessions().claim(TestStore.claim("Sam"));
            Files.writeString(home.providers(), "# mine\n");
            Files.writeString(home.secret(), "the-secret");
            store.bean(Backup.class).write(file, "1.2.3");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(store.sessions().authenticate(claimed.token())).isPresent();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("backup.properties", "katra.db", "providers.conf");
        }
        Path place = Files.createDirectory(folder.resolve("elsewhere"));
        restore(file, TestStore.home(place));
        assertThat(TestStore.home(place).providers()).hasContent("# mine\n");
        try (DatabaseFile database = DatabaseFile.open(TestStore.home(place).database());
                DatabaseFile original = DatabaseFile.open(home.database())) {
            assertThat(database.rows("session WHERE token_hash NOT LIKE 'none %'"))
                    .isZero();
            assertThat(original.rows("session WHERE token_hash NOT LIKE 'none %'"))
                    .isOne();
        }
    }

    @Test
    void keepsAsideWhatWasThere() throws Exception {
        KatraHome home = TestStore.home(folder);
        Path file = folder.resolve("backup.zip");
        try (TestStore store = TestStore.open(folder)) {
            Actor sam = store.session("Sam");
            store.memory().remember(sam, NewMemory.note("before"), null);
            store.bean(Backup.class).write(file, "1.2.3");
            store.memory().remember(sam, NewMemory.note("after"), null);
        }
        Files.writeString(home.providers(), "# later\n");

        Path aside = restore(file, home).orElseThrow();

        assertThat(memories(folder)).containsExactly("before");
        assertThat(home.providers()).doesNotExist();
        assertThat(aside.resolve("providers.conf")).hasContent("# later\n");
        try (DatabaseFile old = DatabaseFile.open(aside.resolve("katra.db"))) {
            assertThat(old.memories()).isEqualTo(2);
        }
        try (Stream<Path> files = Files.list(home.root())) {
            assertThat(files).noneMatch(each -> each.getFileName().toString().startsWith("restoring"));
        }
    }

    @Test
    void keepsWhatWasThereApartEachTimeAndTheIdentityAlways() throws Exception {
        KatraHome home = TestStore.home(folder);
        Path file = folder.resolve("backup.zip");
        try (TestStore store = TestStore.open(folder)) {
            store.memory().remember(store.session("Sam"), NewMemory.note("before"), null);
            store.bean(Backup.class).write(file, "1.2.3");
        }
        Files.writeString(home.root().resolve("identity"), "mine");
        Instant now = Instant.now();
        List<Path> kept = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            Files.writeString(home.providers(), "# " + n);
            kept.add(restore(file, home, now).orElseThrow());
            assertThat(home.root().resolve("identity")).hasContent("mine");
        }

        assertThat(kept).doesNotHaveDuplicates();
        for (int n = 0; n < 3; n++) {
            assertThat(kept.get(n).resolve("katra.db")).exists();
            assertThat(kept.get(n).resolve("providers.conf")).hasContent("# " + n);
        }
    }

    @Test
    void changesNothingIfWhatWasUnpackedIsGoneAndTwoDoNotMeet() throws Exception {
        KatraHome home = TestStore.home(folder);
        Path file = folder.resolve("backup.zip");
        try (TestStore store = TestStore.open(folder)) {
            store.memory().remember(store.session("Sam"), NewMemory.note("here"), null);
            store.bean(Backup.class).write(file, "1.2.3");
        }
        UnpackedBackup other = UnpackedBackup.open(file, home);
        try (UnpackedBackup one = UnpackedBackup.open(file, home);
                HomeLock lock = HomeLock.tryAcquire(home).orElseThrow()) {
            other.close();
            assertThatThrownBy(() -> other.replace(lock, Instant.now()))
                    .hasMessageContaining(" is gone; nothing was changed");
            assertThat(home.database()).exists();
            assertThat(one.replace(lock, Instant.now())).isPresent();
        }
        assertThat(memories(folder)).containsExactly("here");
    }

    /** In a zip file, which has no links either. */
    @Test
    void getsItsNameWhereThereAreNoLinks() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("disk.zip"), Map.of("create", "true"))) {
            Path fresh = Files.writeString(zip.getPath("/fresh"), "first");
            Path target = zip.getPath("/backup.zip");
            Backup.publish(fresh, target);
            assertThat(Files.readString(target)).isEqualTo("first");

            Files.writeString(fresh, "second");
            assertThatThrownBy(() -> Backup.publish(fresh, target)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readString(target)).isEqualTo("first");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheTargetWhoseDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()))
                .as("only root may mount")
                .isZero();
        try (TestStore store = TestStore.open(folder)) {
            Path target = disk.resolve("backup.zip");
            assertThatThrownBy(() -> store.bean(Backup.class).write(target, "1.2.3"))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("cannot write " + target + ": ");
            assertThat(disk).isEmptyDirectory();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void refusesWhatIsNotAWholeBackupAndChangesNothing() throws Exception {
        Path file = folder.resolve("backup.zip");
        try (TestStore store = TestStore.open(folder)) {
            store.memory().remember(store.session("Sam"), NewMemory.note("here"), null);
            store.bean(Backup.class).write(file, "1.2.3");
            assertThatThrownBy(() -> store.bean(Backup.class).write(file, "1.2.3"))
                    .hasMessage(file + " exists");
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
        byte[] bent = whole.clone();
        for (int i = 3000; i < 3100; i++) {
            bent[i] ^= 0x55;
        }
        for (byte[] content : List.of(cut, bent, "no zip".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            Files.write(file, content);
            assertThatThrownBy(() -> restore(file, TestStore.home(folder)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(file + " is not a whole backup of Katra")
                    .matches(e -> ((Failure) e).code() == Failure.Code.INVALID);
        }
        assertThatThrownBy(() -> restore(folder.resolve("none.zip"), TestStore.home(folder)))
                .hasMessageContaining("there is no file");
        assertThat(memories(folder)).containsExactly("here");
    }

    @Test
    void refusesOneOfANewerKatra() throws Exception {
        Path file = folder.resolve("newer.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(Backup.MANIFEST_NAME));
            zip.write("program=9.9.9\nschema=999\nmadeAt=2026-01-01T00:00:00Z\npersonas=0\nmessages=0\nmemories=0\n"
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(Backup.DATABASE));
        }
        assertThatThrownBy(() -> restore(file, TestStore.home(folder)))
                .hasMessageContaining("was written by a newer Katra, 9.9.9 (schema 999");
    }

    private static Optional<Path> restore(Path file, KatraHome home) {
        return restore(file, home, Instant.now());
    }

    private static Optional<Path> restore(Path file, KatraHome home, Instant now) {
        try (UnpackedBackup backup = UnpackedBackup.open(file, home);
                HomeLock lock = HomeLock.tryAcquire(home).orElseThrow()) {
            return backup.replace(lock, now);
        }
    }

    private static List<String> memories(Path place) throws Exception {
        try (TestStore store = TestStore.open(place)) {
            return store.reads().run(() -> store.jdbc()
                    .sql("SELECT content FROM memory WHERE forgotten_at IS NULL")
                    .query(String.class)
                    .list());
        }
    }
}
