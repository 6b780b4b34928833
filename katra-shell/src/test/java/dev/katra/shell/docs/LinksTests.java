package dev.katra.shell.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README, the documents beside it and those in {@code docs} link to what exists. */
class LinksTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?<file>[^)#\\s]*)(?:#(?<anchor>[^)\\s]+))?\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^\\s*```.*?^\\s*```");

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        assertThat(broken((document, file, anchor) -> !Files.exists(target(document, file))))
                .isEmpty();
    }

    @Test
    void everyAnchorIsAHeading() throws IOException {
        assertThat(broken((document, file, anchor) -> {
                    Path target = target(document, file);
                    return !anchor.isEmpty()
                            && Files.exists(target)
                            && !anchors(target).contains(anchor);
                }))
                .isEmpty();
    }

    @Test
    void everyDocumentIsLinkedFromAnother() throws IOException {
        Set<Path> linked = Stream.concat(Stream.of(ROOT.resolve("README.md")), linkedDocuments())
                .collect(Collectors.toSet());
        assertThat(documents().stream().filter(document -> document.startsWith(ROOT.resolve("docs"))))
                .isNotEmpty()
                .allMatch(linked::contains);
    }

    /** What can be wrong with a link. */
    @FunctionalInterface
    private interface Defect {
        boolean in(Path document, String file, String anchor) throws IOException;
    }

    private static List<String> broken(Defect defect) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = links(document);
            while (link.find()) {
                String file = link.group("file");
                String anchor = link.group("anchor") == null ? "" : link.group("anchor");
                if (!file.contains(":") && defect.in(document, file, anchor)) {
                    broken.add(ROOT.relativize(document) + ": " + link.group());
                }
            }
        }
        return broken;
    }

    private static Stream<Path> linkedDocuments() throws IOException {
        List<Path> linked = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = links(document);
            while (link.find()) {
                Path target = target(document, link.group("file"));
                if (!target.equals(document)) {
                    linked.add(target);
                }
            }
        }
        return linked.stream();
    }

    private static Matcher links(Path document) throws IOException {
        return LINK.matcher(CODE_BLOCK.matcher(Files.readString(document)).replaceAll(""));
    }

    private static Path target(Path document, String file) {
        return file.isEmpty() ? document : document.resolveSibling(file).normalize();
    }

    /** The anchors that GitHub gives to a document's headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return CODE_BLOCK
                .matcher(Files.readString(document))
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#{1,6} .+"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> beside = Files.list(ROOT);
                Stream<Path> inDocs = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(beside, inDocs)
                    .filter(file -> file.getFileName().toString().endsWith(".md"))
                    .forEach(documents::add);
        }
        return documents;
    }
}
