package dev.katra.shell.notices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bill of materials in CycloneDX's JSON, which finds the part that a jar is by the hash of its bytes. */
final class Bill {

    private static final String ALGORITHM = "SHA-256";

    private final Map<String, JsonNode> byHash = new HashMap<>();

    /**
     * Something that is shipped.
     *
     * @param title name and version, and where it is found in Maven's repository
     * @param licences at least one
     * @param address of the project, or of the jar if the project has none
     */
    record Part(String title, List<String> licences, String address) {}

    private Bill() {}

    /** Reads the bill in this file. */
    static Bill read(Path file) throws IOException {
        Bill bill = new Bill();
        for (JsonNode component :
                JsonMapper.shared().readTree(Files.readString(file)).path("components")) {
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asString("").equals(ALGORITHM)) {
                    bill.byHash.put(hash.path("content").asString(""), component);
                }
            }
        }
        return bill;
    }

    /**
     * Returns the part that this jar is.
     *
     * @throws IllegalStateException if it is not in the bill, or has no licence there
     */
    Part part(Path jar) throws IOException {
        JsonNode component = byHash.get(hash(jar));
        if (component == null) {
            throw new IllegalStateException(jar.getFileName() + " is shipped, and is not in the bill of materials");
        }
        List<String> licences = licences(component);
        if (licences.isEmpty()) {
            throw new IllegalStateException(
                    jar.getFileName() + " is shipped, and the bill of materials has no licence of it");
        }
        String title = component.path("name").asString("") + " "
                + component.path("version").asString("") + " ("
                + component.path("group").asString("") + ")";
        return new Part(title, licences, address(component));
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            String name = first(choice.path("expression"), licence.path("id"), licence.path("name"));
            String url = licence.path("url").asString("");
            if (name != null) {
                licences.add(url.isEmpty() ? name : name + " <" + url + ">");
            }
        }
        return licences;
    }

    private static String address(JsonNode component) {
        for (String type : List.of("website", "vcs", "distribution")) {
            for (JsonNode reference : component.path("externalReferences")) {
                if (reference.path("type").asString("").equals(type)) {
                    return reference.path("url").asString("");
                }
            }
        }
        return component.path("purl").asString("");
    }

    private static @Nullable String first(JsonNode... texts) {
        for (JsonNode text : texts) {
            if (!text.asString("").isBlank()) {
                return text.asString("");
            }
        }
        return null;
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(ALGORITHM).digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
