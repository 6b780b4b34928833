package dev.katra.shell.semantic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * MavenSettings say what the user's Maven knows of files at hand and of mirrors.
 *
 * @param repository the local repository, which need not exist
 * @param mirror the address that stands for Maven Central, if there is one
 */
record MavenSettings(Path repository, Optional<String> mirror) {

    private static final Set<String> CENTRAL = Set.of("*", "central", "external:*");

    /**
     * Reads the settings in the {@code .m2} of a user's folder; returns the defaults if there are none that can be
     * read.
     */
    static MavenSettings of(Path user) {
        Path usual = user.resolve(".m2/repository");
        Path file = user.resolve(".m2/settings.xml");
        if (!Files.isReadable(file)) {
            return new MavenSettings(usual, Optional.empty());
        }
        try {
            Document settings = parse(file);
            Path repository = text(settings.getDocumentElement(), "localRepository")
                    .map(path -> path.replace("${user.home}", user.toString()))
                    .filter(path -> !path.contains("${"))
                    .map(Path::of)
                    .orElse(usual);
            return new MavenSettings(repository, mirror(settings));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            return new MavenSettings(usual, Optional.empty());
        }
    }

    private static Document parse(Path file) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(file.toFile());
    }

    private static Optional<String> mirror(Document settings) {
        NodeList mirrors = settings.getElementsByTagName("mirror");
        for (int i = 0; i < mirrors.getLength(); i++) {
            Element mirror = (Element) mirrors.item(i);
            List<String> of = text(mirror, "mirrorOf").stream()
                    .flatMap(names -> Arrays.stream(names.split(",", -1)))
                    .map(String::strip)
                    .toList();
            boolean central = !of.contains("!central") && of.stream().anyMatch(CENTRAL::contains);
            Optional<String> url = text(mirror, "url");
            if (central && url.isPresent()) {
                return url;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Element parent, String name) {
        NodeList children = parent.getElementsByTagName(name);
        return children.getLength() == 0
                ? Optional.empty()
                : Optional.ofNullable(children.item(0).getTextContent())
                        .map(String::strip)
                        .filter(text -> !text.isEmpty());
    }
}
