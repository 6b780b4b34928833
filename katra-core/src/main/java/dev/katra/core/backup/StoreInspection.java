package dev.katra.core.backup;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.sqlite.SqliteFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Inspects the store of a home from outside. It changes nothing and may run while a server uses the store. */
public final class StoreInspection {

    private StoreInspection() {}

    /**
     * Returns what is wrong with the store of a home: with its disk, with its file, or with the data in it. Reads the
     * whole database.
     */
    public static Optional<Failure> findFault(KatraHome home) {
        Optional<Failure> fault = new SqliteFaults().findDiskFault(home).or(() -> SqliteFaults.findFileFault(home));
        if (fault.isPresent() || !Files.exists(home.database())) {
            return fault;
        }
        boolean quiet = !Files.exists(Path.of(home.database() + "-wal"));
        try (DatabaseFile database = DatabaseFile.openToRead(home.database(), quiet)) {
            List<String> damage = database.damage();
            return damage.isEmpty() ? Optional.empty() : Optional.of(SqliteFaults.damaged(home, damage.get(0)));
        } catch (SQLException e) {
            return new SqliteFaults()
                    .explain(e, home)
                    .or(() -> Optional.of(Failure.unavailable("cannot read " + home.database() + ": " + e.getMessage())
                            .hint(Failure.DISK)));
        }
    }
}
