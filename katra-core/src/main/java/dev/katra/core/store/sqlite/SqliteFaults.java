package dev.katra.core.store.sqlite;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.StoreFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Explains what SQLite's errors mean, and what is wrong with the file of the database. */
public final class SqliteFaults implements StoreFaults {

    /** The free space, in bytes, below which SQLite cannot extend the files beside the database. */
    private static final long NO_SPACE_BYTES = 256 * 1024;

    /**
     * The beginning of the names of the backups that a server writes of a database whose file was deleted while it was
     * open.
     */
    public static final String RESCUED_PREFIX = "rescued-";

    @Override
    public Optional<Failure> explain(Throwable thrown, KatraHome home) {
        return code(thrown).flatMap(code -> of(code, home)).map(failure -> failure.cause(thrown));
    }

    @Override
    public boolean mayEndTransaction(Throwable thrown) {
        return code(thrown).filter(SqliteFaults::isOfTheDisk).isPresent();
    }

    private static Optional<SQLiteErrorCode> code(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException e) {
                return Optional.of(e.getResultCode());
            }
        }
        return Optional.empty();
    }

    private static boolean isOfTheDisk(SQLiteErrorCode code) {
        return code.name().startsWith("SQLITE_IOERR")
                || code.name().startsWith("SQLITE_CORRUPT")
                || code.name().startsWith("SQLITE_READONLY")
                || code == SQLiteErrorCode.SQLITE_FULL
                || code == SQLiteErrorCode.SQLITE_CANTOPEN
                || code == SQLiteErrorCode.SQLITE_NOMEM
                || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private Optional<Failure> of(SQLiteErrorCode code, KatraHome home) {
        String name = code.name();
        if (code == SQLiteErrorCode.SQLITE_FULL) {
            return Optional.of(noSpace(home));
        }
        if (name.startsWith("SQLITE_IOERR") || code == SQLiteErrorCode.SQLITE_CANTOPEN) {
            return Optional.of(findDiskFault(home).orElseGet(() -> Failure.unavailable(
                            "the disk failed to read or write " + home.database() + " (" + name + ")")
                    .hint(Failure.DISK)));
        }
        if (name.startsWith("SQLITE_READONLY") || code == SQLiteErrorCode.SQLITE_PERM) {
            return Optional.of(readOnly(home));
        }
        if (name.startsWith("SQLITE_CORRUPT") || code == SQLiteErrorCode.SQLITE_NOTADB) {
            return Optional.of(damaged(home, code == SQLiteErrorCode.SQLITE_NOTADB ? "it is not a database" : name));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Failure> findDiskFault(KatraHome home) {
        try {
            if (Files.getFileStore(home.root()).getUsableSpace() < NO_SPACE_BYTES) {
                return Optional.of(noSpace(home));
            }
            boolean closed = Files.exists(home.database()) && !Files.isWritable(home.database());
            return closed || !Files.isWritable(home.root()) ? Optional.of(readOnly(home)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Failure noSpace(KatraHome home) {
        return Failure.unavailable("there is no space left on the disk of " + home.database() + "; nothing was written")
                .hint("free some, and do it again: df -h " + home.root());
    }

    private static Failure readOnly(KatraHome home) {
        return Failure.unavailable("the database " + home.database()
                        + " cannot be written: it, its folder or its disk is read-only")
                .hint("check the rights and the mount: ls -ld " + home.root() + " " + home.database() + "; df -h "
                        + home.root());
    }

    /**
     * Returns the failure of a home whose database is missing or empty though it has had one; empty if neither is so.
     */
    public static Optional<Failure> findFileFault(KatraHome home) {
        try {
            boolean missing = !Files.exists(home.database());
            if (!HomeIdentity.wasServed(home) || (!missing && Files.size(home.database()) > 0)) {
                return Optional.empty();
            }
            return Optional.of(Failure.unavailable("the database " + home.database() + " is "
                            + (missing ? "missing" : "empty") + ", and this home has had one")
                    .hint(rescued(home)
                                    .map(file -> "katra restore " + file + " brings back what the last server saved")
                                    .orElse("katra restore FILE puts a backup in its place")
                            + "; to begin anew, move the home away: mv " + home.root() + " " + home.root() + ".old"));
        } catch (IOException e) {
            return Optional.empty(); // opening it reports the error
        }
    }

    private static Optional<Path> rescued(KatraHome home) throws IOException {
        try (Stream<Path> files = Files.list(home.root())) {
            return files.filter(file -> file.getFileName().toString().startsWith(RESCUED_PREFIX))
                    .max(Comparator.naturalOrder());
        }
    }

    /** Returns the failure of a database that is damaged. */
    public static Failure damaged(KatraHome home, String how) {
        return Failure.unavailable("the database " + home.database() + " is damaged: " + how)
                .hint("katra restore FILE puts a backup in its place and keeps it aside");
    }
}
