package dev.katra.shell.semantic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Maven repository with two small jars that are built as the real ones are. */
final class TestRepository implements AutoCloseable {

    static final Platform PLATFORM = new Platform("linux-x64", ".so");

    private final HttpServer server;
    private final List<byte[]> jars;
    private final List<Artifact> artifacts = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Answer answer = TestRepository::whole;

    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange, byte[] jar) throws IOException;
    }

    TestRepository() {
        jars = List.of(
                jar(Map.of("e5-small-v2-q.onnx", "weights", "e5-small-v2-q-tokenizer.json", "{}")),
                jar(Map.of(
                        "ai/onnxruntime/OrtSession.class",
                        "class",
                        PLATFORM.entry("onnxruntime"),
                        "library",
                        PLATFORM.entry("onnxruntime4j_jni"),
                        "binding",
                        "ai/onnxruntime/native/win-x64/onnxruntime.dll",
                        "not wanted")));
        artifacts.add(artifact("org.example.model", "model", jars.get(0)));
        artifacts.add(artifact("org.example", "runtime", jars.get(1)));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            try (exchange) {
                for (int i = 0; i < artifacts.size(); i++) {
                    if (exchange.getRequestURI()
                            .getPath()
                            .endsWith(artifacts.get(i).path())) {
                        answer.to(exchange, jars.get(i));
                        return;
                    }
                }
                exchange.sendResponseHeaders(404, -1);
            }
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/maven2";
    }

    List<Artifact> artifacts() {
        return artifacts;
    }

    /** The paths that were asked for. */
    List<String> asked() {
        return asked;
    }

    TestRepository answers(Answer other) {
        answer = other;
        return this;
    }

    /** Puts a jar into a local repository. */
    void install(int number, Path repository) throws IOException {
        Path file = repository.resolve(artifacts.get(number).path());
        Files.createDirectories(file.getParent());
        Files.write(file, jars.get(number));
    }

    static void whole(HttpExchange exchange, byte[] jar) throws IOException {
        exchange.sendResponseHeaders(200, jar.length);
        exchange.getResponseBody().write(jar);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static Artifact artifact(String group, String name, byte[] jar) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(jar);
            return new Artifact(group, name, "1.0", jar.length, HexFormat.of().formatHex(digest));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] jar(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
