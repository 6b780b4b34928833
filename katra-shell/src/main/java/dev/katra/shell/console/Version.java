package dev.katra.shell.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads the version of this Katra and compares others with it. */
public final class Version {

    private Version() {}

    /** Returns this version, such as 0.1.0. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/katra/version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** Returns whether a version is newer than this one. */
    public static boolean isNewer(String other) {
        return Runtime.Version.parse(numbers(other)).compareTo(Runtime.Version.parse(numbers(current()))) > 0;
    }

    /**
     * Returns the version in the form that Java's own versions have: no qualifier, no zeros at the end, and not
     * beginning with zero.
     */
    private static String numbers(String version) {
        return "1."
                + version.replaceAll("[^0-9.].*", "").replaceAll("(\\.0)+$", "").replaceAll("^$", "0");
    }
}
