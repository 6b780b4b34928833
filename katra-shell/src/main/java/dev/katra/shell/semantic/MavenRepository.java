package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Sha256;
import dev.katra.core.upstream.ProxySelection;
import dev.katra.shell.console.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A repository is Maven Central or a mirror of it, reached as the caller's environment says.
 *
 * @param address without a slash at its end
 */
record MavenRepository(String address, ProxySelector proxies) {

    /** The environment variable that names a mirror. */
    static final String VARIABLE = "KATRA_MAVEN_MIRROR";

    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";
    private static final int TIMEOUT = (int) Duration.ofSeconds(30).toMillis();

    /** Returns the caller's mirror, else that of their Maven, else Maven Central. */
    static MavenRepository of(Caller caller, MavenSettings maven) {
        String named = caller.variable(VARIABLE).strip();
        String address = named.isEmpty() ? maven.mirror().orElse(CENTRAL) : named;
        if (!address.matches("https?://[^\\s/].*")) {
            throw Failure.invalid("\"" + address + "\" is not the address of a Maven repository")
                    .hint("set " + VARIABLE + " to one such as " + CENTRAL);
        }
        String proxy = first(caller, "HTTPS_PROXY", "https_proxy");
        if (!proxy.isEmpty() && !ProxySelection.accepts(proxy)) {
            throw Failure.invalid(
                            "the proxy in HTTPS_PROXY is not written http://host:port, without a name and a password")
                    .hint("correct it, or name an address that is reached without a proxy in " + VARIABLE);
        }
        return new MavenRepository(
                address.replaceAll("/+$", ""), ProxySelection.of(proxy, first(caller, "NO_PROXY", "no_proxy")));
    }

    private static String first(Caller caller, String... names) {
        return Stream.of(names)
                .map(caller::variable)
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    /** A Progress is told how many bytes have arrived. It may throw to end the download. */
    @FunctionalInterface
    interface DownloadProgress {
        void arrived(long bytes);
    }

    /**
     * Downloads an artifact into a new file, and checks it.
     *
     * @throws Failure UNAVAILABLE if it does not come, comes cut, or is another file than it should be
     */
    void download(Artifact artifact, Path file, DownloadProgress progress) {
        MessageDigest digest = Sha256.digest();
        try {
            HttpURLConnection connection = open(artifact);
            try (InputStream in = connection.getInputStream();
                    OutputStream out = Files.newOutputStream(file)) {
                byte[] buffer = new byte[1 << 16];
                long arrived = 0;
                for (int n = in.read(buffer); n >= 0 && arrived <= artifact.bytes(); n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    digest.update(buffer, 0, n);
                    arrived += n;
                    progress.arrived(arrived);
                }
                if (arrived < artifact.bytes()) {
                    throw new IOException("it ended after " + arrived + " of " + artifact.bytes() + " bytes");
                }
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw unreachable(artifact, reason(e)).cause(e);
        }
        if (!artifact.matches(digest)) {
            throw checksumMismatch(artifact);
        }
    }

    private HttpURLConnection open(Artifact artifact) throws IOException {
        URI uri = URI.create(address + "/" + artifact.path());
        HttpURLConnection connection = (HttpURLConnection)
                uri.toURL().openConnection(proxies.select(uri).get(0));
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw unreachable(artifact, "it answers " + status);
        }
        String type = Optional.ofNullable(connection.getContentType()).orElse("");
        if (type.startsWith("text/")) {
            connection.disconnect();
            throw unreachable(artifact, "it answers with a page of text, not with the file");
        }
        return connection;
    }

    private Failure unreachable(Artifact artifact, String reason) {
        return Failure.unavailable("cannot fetch " + artifact.file() + " from " + address + ": " + reason)
                .hint("check the network and HTTPS_PROXY, set " + VARIABLE
                        + " to a mirror of Maven Central, or fetch it"
                        + " with Maven (mvn dependency:get -Dtransitive=false -Dartifact=" + artifact.coordinates()
                        + "); then: katra memory semantic on");
    }

    private Failure checksumMismatch(Artifact artifact) {
        return Failure.unavailable(artifact.file() + " from " + address
                        + " is not the file that this Katra knows (its SHA-256 differs); it was thrown away")
                .hint("try another mirror: " + VARIABLE + "=" + CENTRAL + " katra memory semantic on");
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.UnknownHostException) {
            return "unknown host " + e.getMessage();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
