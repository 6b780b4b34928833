package dev.katra.core.backup;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Holds a backup while it is being restored: it is unpacked into a folder of the home, checked, and then moved into its
 * place.
 */
public final class UnpackedBackup implements AutoCloseable {

    /** The beginning of the names of the folders in the home into which backups are unpacked. */
    public static final String STAGED_PREFIX = "restoring-";

    /**
     * The names of the files that are moved aside, in this order: a database that is still there after a crash has its
     * log. The identity stays until another one takes its place, at the very end: it tells the next command that a
     * database is missing.
     */
    private static final List<String> REPLACED = List.of(
            Backup.DATABASE, Backup.DATABASE + "-wal", Backup.DATABASE + "-shm", "providers.conf", "server.properties");

    /**
     * The first schema in which sessions have the marks of their processes; no session of an earlier one can still run.
     */
    private static final int FIRST_SCHEMA_WITH_MARKS = 8;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

    private final KatraHome home;
    private final Path staged;
    private final BackupManifest contents;
    private final List<StoredSession> sessions;

    private UnpackedBackup(KatraHome home, Path staged, BackupManifest contents, List<StoredSession> sessions) {
        this.home = home;
        this.staged = staged;
        this.contents = contents;
        this.sessions = List.copyOf(sessions);
    }

    /**
     * Unpacks a backup into a folder of the home and checks it. The home is created if it is missing.
     *
     * @throws Failure NOT_FOUND if there is no such file; INVALID if it is not a whole backup; CONFLICT if a newer
     *     Katra wrote it; UNAVAILABLE if the home cannot be written
     */
    public static UnpackedBackup open(Path file, KatraHome home) {
        if (!Files.isRegularFile(file)) {
            throw Failure.notFound("there is no file " + file).hint("katra backup FILE writes one");
        }
        home.create();
        Path staged = stage(home);
        try {
            BackupManifest contents = unpack(file, staged);
            int known = newestSchema();
            if (contents.schema() > known) {
                throw Failure.conflict(file + " was written by a newer Katra, " + contents.program() + " (schema "
                                + contents.schema() + ", this one knows " + known + ")")
                        .hint("update this Katra");
            }
            return new UnpackedBackup(home, staged, contents, check(file, staged.resolve(Backup.DATABASE), contents));
        } catch (IOException e) {
            remove(staged);
            throw Failure.unavailable("cannot unpack " + file + " into " + staged + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        } catch (RuntimeException e) {
            remove(staged);
            throw e;
        }
    }

    private static Path stage(KatraHome home) {
        try {
            return Files.createTempDirectory(home.root(), STAGED_PREFIX);
        } catch (IOException e) {
            throw Failure.unavailable("cannot make a folder in " + home.root() + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static BackupManifest unpack(Path file, Path staged) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Properties about = new Properties();
            try (InputStream in = entry(zip, file, Backup.MANIFEST_NAME)) {
                about.load(in);
            }
            BackupManifest contents = manifest(about, file);
            extract(zip, file, Backup.DATABASE, staged);
            for (String name : Backup.CONFIGURATION) {
                if (zip.getEntry(name) != null) {
                    extract(zip, file, name, staged);
                }
            }
            return contents;
        } catch (ZipException e) {
            throw broken(file, e);
        }
    }

    private static BackupManifest manifest(Properties about, Path file) {
        try {
            return new BackupManifest(
                    about.getProperty("program", ""),
                    Integer.parseInt(about.getProperty("schema", "")),
                    Instant.parse(about.getProperty("madeAt", "")),
                    Long.parseLong(about.getProperty("personas", "")),
                    Long.parseLong(about.getProperty("messages", "")),
                    Long.parseLong(about.getProperty("memories", "")));
        } catch (NumberFormatException | DateTimeException e) {
            throw broken(file, e);
        }
    }

    private static InputStream entry(ZipFile zip, Path file, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw broken(file, new IOException("there is no " + name + " in it"));
        }
        return zip.getInputStream(entry);
    }

    private static void extract(ZipFile zip, Path file, String name, Path folder) throws IOException {
        Path target = PrivateFiles.create(folder.resolve(name));
        try (CheckedInputStream in = new CheckedInputStream(entry(zip, file, name), new CRC32());
                FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            if (in.getChecksum().getValue() != zip.getEntry(name).getCrc()) {
                throw broken(file, new IOException(name + " is not what was packed"));
            }
            out.force(true);
        }
    }

    private static List<StoredSession> check(Path file, Path database, BackupManifest contents) {
        try (DatabaseFile unpacked = DatabaseFile.open(database)) {
            List<String> damage = unpacked.damage();
            if (!damage.isEmpty() || unpacked.schema() != contents.schema()) {
                throw broken(
                        file,
                        new IOException(damage.isEmpty() ? "its schema is not the one that it names" : damage.get(0)));
            }
            return unpacked.schema() < FIRST_SCHEMA_WITH_MARKS ? List.of() : unpacked.liveSessions();
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private static Failure broken(Path file, Exception reason) {
        return Failure.invalid(file + " is not a whole backup of Katra: " + reason.getMessage())
                .hint("take another one; nothing was changed")
                .cause(reason);
    }

    /** Returns the description that the backup holds of itself. */
    public BackupManifest manifest() {
        return contents;
    }

    /**
     * Returns the sessions that had not ended, by the backup and by the home's present database, if that can be read.
     */
    public List<StoredSession> sessions() {
        return Stream.concat(sessions.stream(), present(home).stream())
                .distinct()
                .toList();
    }

    private static List<StoredSession> present(KatraHome home) {
        if (!Files.exists(home.database())) {
            return List.of();
        }
        try (DatabaseFile database = DatabaseFile.open(home.database())) {
            return database.liveSessions();
        } catch (SQLException e) {
            return List.of(); // it is damaged, or of an early version
        }
    }

    /**
     * Puts the backup in the place of the home's present files.
     *
     * @param lock the lock of the home; while it is held, nobody uses the files that are replaced
     * @return the folder to which the replaced files were moved; empty if there were none
     * @throws Failure UNAVAILABLE if files cannot be moved; those that were moved aside are in that folder then
     */
    public Optional<Path> replace(HomeLock lock, Instant now) {
        if (!lock.isHeldFor(home)) {
            throw new IllegalStateException("the lock is of another home");
        }
        Path fresh = staged.resolve(Backup.DATABASE);
        if (!Files.exists(fresh)) {
            throw Failure.unavailable("what was unpacked into " + staged + " is gone; nothing was changed")
                    .hint("do it again");
        }
        Optional<Path> aside = Optional.empty();
        try {
            for (String name : REPLACED) {
                Path old = home.root().resolve(name);
                if (Files.exists(old)) {
                    aside = Optional.of(aside.isPresent() ? aside.get() : aside(home, now));
                    Files.move(old, aside.get().resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            for (String name : List.of("providers.conf", "server.properties", Backup.DATABASE, HomeIdentity.NAME)) {
                Path file = staged.resolve(name);
                if (Files.exists(file)) {
                    Files.move(file, home.root().resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            try (FileChannel folder = FileChannel.open(home.root(), StandardOpenOption.READ)) {
                folder.force(true); // the names too
            }
            return aside;
        } catch (IOException e) {
            throw Failure.unavailable("cannot put the backup in its place: " + e.getMessage())
                    .hint(aside.map(folder -> "what was there is in " + folder + "; do it again")
                            .orElse("do it again"))
                    .cause(e);
        }
    }

    /** Creates a new folder and returns it; there may be one of the same second. */
    private static Path aside(KatraHome home, Instant now) throws IOException {
        Path first = home.root().resolve("before-restore-" + MOMENT.format(now));
        Path folder = first;
        for (int n = 2; true; n++) {
            try {
                return Files.createDirectory(folder, KatraHome.OWNER_ONLY_FOLDER);
            } catch (FileAlreadyExistsException e) {
                folder = first.resolveSibling(first.getFileName() + "-" + n);
            }
        }
    }

    /** Removes the unpacked files that were not used. */
    @Override
    public void close() {
        remove(staged);
    }

    private static int newestSchema() throws IOException {
        int newest = 0;
        for (var migration : new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql")) {
            String name = String.valueOf(migration.getFilename());
            newest = Math.max(newest, Integer.parseInt(name.substring(1, name.indexOf('_'))));
        }
        return newest;
    }

    private static void remove(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            // a server that starts later removes it
        }
    }
}
