package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Loads catalogs from what a test writes. */
public final class Catalogs {

    private Catalogs() {}

    /** The catalog of a home with the given file and a caller without variables. */
    public static ProviderCatalog with(Path home, String userFile) {
        return with(home, userFile, Map.of());
    }

    /** The catalog of a home with the given file, for a caller. */
    public static ProviderCatalog with(Path home, String userFile, Map<String, String> caller) {
        KatraHome katra = new KatraHome(home);
        try {
            Files.writeString(katra.providers(), userFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProviderLoader.load(katra, caller);
    }

    /** The catalog of a home without a file of the user's. */
    public static ProviderCatalog shipped(Path home) {
        return ProviderLoader.load(new KatraHome(home), Map.of());
    }

    /** The failure that a call must end with. */
    public static Failure failureOf(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }
}
