package dev.katra.shell.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the notices of the shipped jars that others made: name, version, licences and address of each, and the texts of
 * licences and notices that the jars themselves hold. The build runs it behind the bill of materials, and fails if a
 * shipped jar is not in the bill or has no licence there.
 */
public final class ThirdPartyNotices {

    /** The jars of this name are Katra's own. */
    private static final String OWN = "katra-";

    private static final String RULE = "-".repeat(78);

    private ThirdPartyNotices() {}

    /** Takes the folder that has the program's {@code lib} and {@code sbom.json}. */
    public static void main(String[] arguments) throws IOException {
        Path katra = Path.of(arguments[0]);
        Path file = katra.resolve("THIRD-PARTY-NOTICES.txt");
        List<Path> jars = jars(katra.resolve("lib"));
        String notices = of(Bill.read(katra.resolve("sbom.json")), jars);
        Files.writeString(file, notices);
        System.out.println(file + ": " + jars.size() + " jars, each with a licence");
    }

    /** Returns the jars in this folder that others made, by name. */
    static List<Path> jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.getFileName().toString().startsWith(OWN))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Returns the notices of these jars.
     *
     * @throws IllegalStateException if one is not in the bill, or has no licence there
     */
    static String of(Bill bill, List<Path> jars) throws IOException {
        StringBuilder notices = new StringBuilder("Katra is shipped with these programs of others.\n");
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Path jar : jars) {
            Bill.Part part = bill.part(jar);
            notices.append('\n').append(part.title()).append('\n');
            notices.append("    ").append(String.join(", ", part.licences())).append('\n');
            notices.append("    ").append(part.address()).append('\n');
            LegalTexts.of(jar).forEach((name, text) -> texts.computeIfAbsent(text, unknown -> new ArrayList<>())
                    .add(jar.getFileName() + "!/" + name));
        }
        texts.forEach((text, places) -> notices.append('\n')
                .append(RULE)
                .append('\n')
                .append(String.join("\n", places))
                .append("\n\n")
                .append(text)
                .append('\n'));
        return notices.toString();
    }
}
