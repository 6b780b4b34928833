package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Reads and creates the home's secret: 256 random bits in a file that only its owner can read. A caller who knows it is
 * taken for the owner of the home.
 */
public final class ChannelSecret {

    /** The name of the HTTP header that carries the secret over the private socket. */
    static final String HEADER = "X-Katra-Secret";

    private ChannelSecret() {}

    /** Returns the secret of the home, which is created on first use. */
    public static String of(KatraHome home) {
        Path file = home.create().secret();
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Path fresh = Files.createTempFile(home.root(), "secret", ".new", KatraHome.OWNER_ONLY_FILE);
                Files.writeString(fresh, HexFormat.of().formatHex(random));
                try {
                    Files.createLink(file, fresh); // fails if another process was first
                } catch (FileAlreadyExistsException e) {
                    // then that one's secret holds
                } finally {
                    Files.delete(fresh);
                }
            }
            if (!Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"))) {
                Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read the home's secret " + file + ": " + e.getMessage())
                    .hint("check its permissions: ls -l; only you may read it")
                    .cause(e);
        }
    }

    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
