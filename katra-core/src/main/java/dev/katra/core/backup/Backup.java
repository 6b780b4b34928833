package dev.katra.core.backup;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.StorePool;
import dev.katra.core.store.sqlite.SqliteFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Writes backups: one zip file with the database as it was at one moment, while others go on writing, and the
 * configuration of the home. A backup holds neither a token nor the home's secret.
 */
@Service
public class Backup {

    /**
     * The beginning of the names of the backups that a server writes of a database whose file was deleted while it was
     * open.
     */
    public static final String RESCUED_PREFIX = SqliteFaults.RESCUED_PREFIX;

    /** The name of the entry that describes the backup. */
    static final String MANIFEST_NAME = "backup.properties";

    /** The name of the entry that holds the database. */
    static final String DATABASE = "katra.db";

    /** The names of the other files of the home that a backup holds. */
    static final List<String> CONFIGURATION = List.of("providers.conf", "server.properties", HomeIdentity.NAME);

    private static final Set<SQLiteErrorCode> DAMAGE =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);

    /** SQLite's word for all pages in one step: so they are of one moment, and no write makes the copy begin anew. */
    private static final int ALL_PAGES = -1;

    private static final int PAUSE_MILLIS = 100;
    private static final int TRIES = 100;

    private final KatraHome home;
    private final StorePool readers;
    private final Clock clock;

    Backup(KatraHome home, @Qualifier("readingPool") StorePool readers, Clock clock) {
        this.home = home;
        this.readers = readers;
        this.clock = clock;
    }

    /**
     * Writes a backup of this moment into a new file of mode 0600. The file is there whole, or not at all. It holds
     * everything that was acknowledged before the call.
     *
     * @param program the version of this program
     * @throws Failure CONFLICT if there is a file of that name; NOT_FOUND if there is no folder for it; UNAVAILABLE if
     *     it cannot be written, or if the store itself is damaged
     */
    public BackupManifest write(Path target, String program) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Failure.notFound("there is no folder for " + target).hint("make the folder first: mkdir -p");
        }
        if (Files.exists(target)) {
            throw Failure.conflict(target + " exists").hint("name another file, or remove that one first");
        }
        try {
            Path copy = Files.createTempFile(folder, ".katra-", ".db"); // which nobody else can read
            Path fresh = Files.createTempFile(folder, ".katra-", ".new");
            try {
                BackupManifest contents = copy(copy, program);
                zip(copy, contents, fresh);
                publish(fresh, target);
                return contents;
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(fresh);
            }
        } catch (IOException | SQLException e) {
            throw Failure.unavailable("cannot write " + target + ": " + e.getMessage())
                    .hint("check the space and rights of that disk, or name a file on another")
                    .cause(e);
        }
    }

    /**
     * Gives the file its name, and fails if there is a file of that name by now. Where the file system has no links,
     * the file is moved.
     */
    static void publish(Path fresh, Path target) throws IOException {
        try {
            Files.createLink(target, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(fresh, target);
        }
    }

    private BackupManifest copy(Path copy, String program) throws SQLException {
        var madeAt = clock.instant();
        int result = copyPages(copy);
        if (result != 0) {
            throw new SQLException("SQLite's backup ended with " + SQLiteErrorCode.getErrorCode(result));
        }
        try (DatabaseFile database = DatabaseFile.open(copy)) {
            List<String> damage = database.damage();
            if (!damage.isEmpty()) {
                throw SqliteFaults.damaged(home, damage.get(0));
            }
            database.seal();
            return new BackupManifest(
                    program,
                    database.schema(),
                    madeAt,
                    database.rows("persona"),
                    database.rows("message"),
                    database.memories());
        } catch (SQLiteException e) {
            if (DAMAGE.contains(e.getResultCode())) {
                throw SqliteFaults.damaged(home, e.getResultCode().name()).cause(e); // the copy has the damage from it
            }
            throw e;
        }
    }

    /**
     * Copies all pages of the database and returns SQLite's result code, which is about the copy.
     *
     * @throws Failure UNAVAILABLE if the store itself cannot be read
     */
    private int copyPages(Path copy) {
        try (Connection connection = readers.getConnection()) {
            return connection
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup("main", copy.toString(), null, PAUSE_MILLIS, TRIES, ALL_PAGES);
        } catch (SQLException e) {
            throw new SqliteFaults().explain(e, home).orElseGet(() -> Failure.unavailable(
                            "cannot read " + home.database() + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e));
        }
    }

    private void zip(Path database, BackupManifest contents, Path target) throws IOException {
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(file));
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(MANIFEST_NAME));
            about(contents, zip);
            add(zip, DATABASE, database);
            for (String name : CONFIGURATION) {
                if (Files.exists(home.root().resolve(name))) {
                    add(zip, name, home.root().resolve(name));
                }
            }
            zip.finish();
            zip.flush();
            file.force(true);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static void about(BackupManifest contents, OutputStream out) throws IOException {
        Properties about = new Properties();
        about.setProperty("program", contents.program());
        about.setProperty("schema", String.valueOf(contents.schema()));
        about.setProperty("madeAt", contents.madeAt().toString());
        about.setProperty("personas", String.valueOf(contents.personas()));
        about.setProperty("messages", String.valueOf(contents.messages()));
        about.setProperty("memories", String.valueOf(contents.memories()));
        about.store(out, "a backup of Katra; katra restore FILE puts it into a home");
    }
}
