package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

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
                PrivateFiles.writeIfMissing(file, random());
            }
            PrivateFiles.restrict(file);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read the home's secret " + file + ": " + e.getMessage())
                    .hint("check its permissions: ls -l; only you may read it")
                    .cause(e);
        }
    }

    private static String random() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
