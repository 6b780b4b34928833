package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LocalProcessRunner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for npm that needs no registry. */
@Timeout(60)
class ClaudeInstallIT {

    private static final String NAME = "@anthropic-ai/claude-code-test";
    private static final String GOOD = """
            #!/bin/sh
            echo "$@" >> "$HOME/npm.args"; env > "$HOME/npm.env"
            bin="$3/node_modules/@anthropic-ai/claude-code-test"
            mkdir -p "$bin"
            printf '#!/bin/sh\\necho "9.9.9 (Claude Code)"\\n' > "$bin/claude"
            chmod +x "$bin/claude"
            """;

    @TempDir
    Path folder;

    private final ClaudePackage wanted = new ClaudePackage(NAME, "9.9.9", null);
    private final Map<String, String> caller = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private KatraHome home;

    @BeforeEach
    void prepare() throws Exception {
        home = new KatraHome(folder.resolve("home with space"));
        Files.createDirectories(folder.resolve("bin"));
        caller.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        caller.put("HOME", folder.toString());
    }

    @Test
    void thePackageIsInstalledOnceAndWhole() throws Exception {
        npm(GOOD);

        ClaudeBinary first = install();
        ClaudeBinary second = install();

        assertThat(first).isEqualTo(second);
        assertThat(first.path())
                .isExecutable()
                .startsWith(ClaudeBinary.installations(home).resolve("9.9.9"));
        assertThat(Files.readString(folder.resolve("npm.args")).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(" @anthropic-ai/claude-code-test@9.9.9"));
        assertThat(ClaudeBinary.installations(home)).isDirectoryNotContaining("glob:**/.installing-*");
    }

    @Test
    void npmGetsNoKeyButItsOwnSettings() throws Exception {
        npm(GOOD);
        caller.putAll(Map.of("ANTHROPIC_API_KEY", "sk-1", "KATRA_SESSION_TOKEN", "t", "GITHUB_TOKEN", "g"));
        caller.putAll(
                Map.of("npm_config_registry", "http://r", "https_proxy", "http://p", "npm_config_global", "true"));

        install();

        assertThat(Files.readString(folder.resolve("npm.env")))
                .contains("npm_config_registry=http://r", "https_proxy=http://p")
                .doesNotContain("sk-1", "KATRA_SESSION_TOKEN", "GITHUB_TOKEN", "npm_config_global");
    }

    @Test
    void twoAtOnceGiveOne() throws Exception {
        npm(GOOD);
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<ClaudeBinary> task = this::install;
            for (var installed : pool.invokeAll(List.of(task, task, task, task))) {
                assertThat(installed.get().path()).isExecutable();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(ClaudeBinary.installations(home).toFile().list()).containsExactly("9.9.9");
    }

    @Test
    void aBrokenInstallationGivesWay() throws Exception {
        npm(GOOD);
        Files.createDirectories(ClaudeBinary.installations(home).resolve("9.9.9/node_modules/half"));
        Path abandoned =
                Files.createDirectories(ClaudeBinary.installations(home).resolve(".installing-1"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        assertThat(install().path()).isExecutable();

        assertThat(ClaudeBinary.installations(home).toFile().list()).containsExactly("9.9.9");
    }

    @Test
    void whatNpmSaysIsPassedOn() throws Exception {
        npm("""
                #!/bin/sh
                echo "npm warn noise" >&2
                echo "npm error code ENOTFOUND" >&2
                echo "npm error A complete log of this run can be found in: /x" >&2
                exit 1
                """);

        Failure failure = catchThrowableOfType(Failure.class, this::install);

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text())
                .contains("@anthropic-ai/claude-code-test@9.9.9", "npm error code ENOTFOUND")
                .doesNotContain("noise", "complete log");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("KATRA_CLAUDE"));
        assertThat(ClaudeBinary.installations(home)).isEmptyDirectory();
    }

    @Test
    void aClientThatDoesNotRunHereIsNotKept() throws Exception {
        npm(GOOD.replace("9.9.9 (", "1.0.0 ("));

        assertThat(catchThrowableOfType(Failure.class, this::install).text()).contains("does not run here");
        assertThat(ClaudeBinary.installations(home)).isEmptyDirectory();
    }

    /** With the real npm, and a registry that has this one package. */
    @Test
    void onlyTheArchiveThatIsPinnedIsInstalled() throws Exception {
        Path content = Files.createDirectories(folder.resolve("archive/package"));
        Files.writeString(content.resolve("package.json"), "{\"name\":\"" + NAME + "\",\"version\":\"9.9.9\"}");
        Files.writeString(content.resolve("claude"), "#!/bin/sh\necho '9.9.9 (Claude Code)'\n");
        Files.setPosixFilePermissions(content.resolve("claude"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path archive = folder.resolve("archive.tgz");
        assertThat(new ProcessBuilder(
                                "tar",
                                "czf",
                                archive.toString(),
                                "-C",
                                folder.resolve("archive").toString(),
                                "package")
                        .start()
                        .waitFor())
                .isZero();
        byte[] bytes = Files.readAllBytes(archive);
        String integrity = "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
        HttpServer registry = registry(bytes, integrity);
        caller.put("PATH", System.getenv("PATH"));
        caller.put(
                "npm_config_registry",
                "http://127.0.0.1:" + registry.getAddress().getPort() + "/");
        caller.put("npm_config_package_lock", "false"); // as some have it
        try {
            String other = "sha512-" + Base64.getEncoder().encodeToString(new byte[64]);
            Failure refused =
                    catchThrowableOfType(Failure.class, () -> install(new ClaudePackage(NAME, "9.9.9", other)));
            assertThat(refused.text()).contains("serves something else", NAME + "@9.9.9");
            assertThat(ClaudeBinary.installations(home)).isEmptyDirectory();

            assertThat(install(new ClaudePackage(NAME, "9.9.9", integrity)).path())
                    .isExecutable();
        } finally {
            registry.stop(0);
        }
    }

    private static HttpServer registry(byte[] archive, String integrity) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/archive.tgz";
        String packument = """
                {"name":"%s","dist-tags":{"latest":"9.9.9"},"versions":{"9.9.9":{"name":"%s","version":"9.9.9",
                "dist":{"tarball":"%s","integrity":"%s"}}}}""".formatted(NAME, NAME, url, integrity);
        server.createContext("/", exchange -> {
            boolean tarball = exchange.getRequestURI().getPath().endsWith(".tgz");
            byte[] body = tarball ? archive : packument.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", tarball ? "application/octet-stream" : "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void withoutNpmTheWaysOutAreNamed() {
        caller.put("PATH", folder.resolve("bin").toString());

        Failure failure = catchThrowableOfType(Failure.class, this::install);

        assertThat(failure.text()).contains("npm is not installed");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("KATRA_CLAUDE"));
    }

    private ClaudeBinary install() {
        return install(wanted);
    }

    private ClaudeBinary install(ClaudePackage some) {
        return new ClaudeInstall(home, new LocalProcessRunner(), some).install(caller);
    }

    private void npm(String script) throws Exception {
        Path npm = Files.writeString(folder.resolve("bin/npm"), script);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
    }
}
