package dev.katra.shell.notices;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Finds the texts of licences and notices in a jar. */
final class LegalTexts {

    /** Matches them at the jar's root and anywhere below META-INF. */
    private static final Pattern NAME = Pattern.compile(
            "(META-INF/(.*/)?)?[^/]*(LICEN[SC]E|NOTICE|COPYING|COPYRIGHT)[^/]*", Pattern.CASE_INSENSITIVE);

    /** Matches what only bears such a name. */
    private static final Pattern NO_TEXT = Pattern.compile(".*\\.(class|properties|xml|json|html)");

    private LegalTexts() {}

    /** Returns the texts by the names of their entries, in the order of the names. */
    static Map<String, String> of(Path jar) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> !entry.isDirectory() && isLegal(entry.getName()))
                    .toList();
            for (JarEntry entry : entries) {
                try (InputStream in = file.getInputStream(entry)) {
                    texts.put(entry.getName(), text(in.readAllBytes()));
                }
            }
        }
        return texts;
    }

    private static boolean isLegal(String name) {
        return NAME.matcher(name).matches() && !NO_TEXT.matcher(name).matches();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
    }
}
