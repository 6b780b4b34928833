package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs the pinned Claude Code from npm into the home. An installation is there whole or not at all, and two at once
 * result in one. npm gets the variables that it needs and none of the caller's keys.
 */
public final class ClaudeInstall {

    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration FIRST_RUN_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final String UNFINISHED = ".installing-";

    private static final Set<String> PASSED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "TMPDIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "NODE_EXTRA_CA_CERTS",
            "NODE_USE_SYSTEM_CA",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");
    private static final Set<String> REDIRECTING =
            Set.of("npm_config_prefix", "npm_config_global", "npm_config_location");

    private final KatraHome home;
    private final ProcessRunner processes;
    private final ClaudePackage wanted;

    /** Creates an installer of the client for this machine into this home. */
    public ClaudeInstall(KatraHome home, ProcessRunner processes) {
        this(home, processes, ClaudePackage.ofThisMachine());
    }

    ClaudeInstall(KatraHome home, ProcessRunner processes, ClaudePackage wanted) {
        this.home = home;
        this.processes = processes;
        this.wanted = wanted;
    }

    /** Returns the package that would be installed, as npm names it. */
    public String specification() {
        return wanted.specification();
    }

    /**
     * Installs the client unless it is installed. It takes minutes and asks nobody.
     *
     * @throws Failure UNAVAILABLE if npm is missing, does not get the package, or what it got does not run
     */
    public ClaudeBinary install(Map<String, String> callerEnvironment) {
        return ClaudeBinary.installed(home, wanted).orElseGet(() -> download(callerEnvironment));
    }

    private ClaudeBinary download(Map<String, String> caller) {
        if (Executables.find("npm", caller).isEmpty()) {
            throw Failure.unavailable("npm is not installed, so Claude Code cannot be")
                    .hint("install npm, or set " + ClaudeBinary.VARIABLE + " to the path of a claude binary");
        }
        Path unfinished = unfinishedFolder();
        try {
            npm(unfinished, caller);
            Path binary = wanted.binaryIn(unfinished);
            check(binary, unfinished, caller);
            return publish(unfinished);
        } finally {
            delete(unfinished);
        }
    }

    private void npm(Path target, Map<String, String> caller) {
        List<String> argv = new ArrayList<>(List.of(
                "npm",
                wanted.integrity() == null ? "install" : "ci",
                "--prefix",
                target.toString(),
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--no-update-notifier",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000"));
        if (wanted.integrity() == null) {
            argv.addAll(List.of("--no-save", "--no-package-lock", wanted.specification()));
        } else {
            pin(target, wanted.integrity());
            argv.add("--package-lock=true");
        }
        ProcessResult result = processes.run(
                ProcessCommand.of(argv, npmEnvironment(caller), target).withTimeout(DOWNLOAD_TIMEOUT));
        if (!result.ok()) {
            if (result.stderr().contains("EINTEGRITY")) {
                throw Failure.unavailable("npm's registry serves something else as " + wanted.specification()
                                + " than the release that Katra is tested with; it is not installed:\n"
                                + reason(result))
                        .hint("check which registry npm uses: npm config get registry; or set " + ClaudeBinary.VARIABLE
                                + " to the path of a claude binary");
            }
            throw Failure.unavailable("npm could not install " + wanted.specification() + ":\n" + reason(result))
                    .hint("check that npm reaches its registry, or set " + ClaudeBinary.VARIABLE
                            + " to the path of a claude binary");
        }
    }

    /**
     * Pins the package by a lock file: npm then takes nothing but what that says, and finds by itself in which registry
     * it is.
     */
    private void pin(Path target, String integrity) {
        ObjectNode lock =
                UserJson.JSON.createObjectNode().put("lockfileVersion", 3).put("requires", true);
        ObjectNode packages = lock.putObject("packages");
        packages.putObject("").putObject("dependencies").put(wanted.name(), wanted.version());
        packages.putObject("node_modules/" + wanted.name())
                .put("version", wanted.version())
                .put("integrity", integrity);
        ObjectNode project = UserJson.JSON.createObjectNode().put("private", true);
        project.putObject("dependencies").put(wanted.name(), wanted.version());
        PrivateFiles.write(target.resolve("package.json"), project.toString());
        PrivateFiles.write(target.resolve("package-lock.json"), lock.toString());
    }

    /**
     * Runs the installed client once, because a package for another C library or processor installs without a word and
     * does not run.
     */
    private void check(Path binary, Path scratch, Map<String, String> caller) {
        if (Executables.isExecutable(binary)) {
            var environment = Map.of("PATH", caller.getOrDefault("PATH", ""), "HOME", scratch.toString());
            ProcessResult result =
                    processes.run(ProcessCommand.of(List.of(binary.toString(), "--version"), environment, scratch)
                            .withTimeout(FIRST_RUN_TIMEOUT));
            if (result.ok() && result.stdout().contains(wanted.version())) {
                return;
            }
        }
        throw Failure.unavailable("npm installed " + wanted.specification() + ", but it does not run here")
                .hint("set " + ClaudeBinary.VARIABLE + " to the path of a claude binary that does");
    }

    private ClaudeBinary publish(Path unfinished) {
        Path place = ClaudeBinary.installations(home).resolve(wanted.version());
        try {
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException taken) {
            // Somebody else's installation is as good; the rest of a broken one is deleted.
            if (ClaudeBinary.installed(home, wanted).isEmpty()) {
                delete(place);
                try {
                    Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    throw Failure.unavailable("cannot write " + place)
                            .hint(Failure.DISK)
                            .cause(e);
                }
            }
        }
        return ClaudeBinary.installed(home, wanted)
                .orElseThrow(() -> Failure.unavailable("the installation in " + place + " vanished")
                        .hint("install it again: katra claude install"));
    }

    private Path unfinishedFolder() {
        Path folder = KatraHome.privateFolder(ClaudeBinary.installations(home));
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> leftovers = Files.list(folder)) {
            for (Path leftover : leftovers.toList()) {
                if (leftover.getFileName().toString().startsWith(UNFINISHED)
                        && Files.getLastModifiedTime(leftover).toInstant().isBefore(limit)) {
                    delete(leftover);
                }
            }
            return Files.createTempDirectory(folder, UNFINISHED);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write into " + folder)
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static Map<String, String> npmEnvironment(Map<String, String> caller) {
        Map<String, String> environment = new LinkedHashMap<>();
        caller.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean npms = lower.startsWith("npm_config_") && !REDIRECTING.contains(lower);
            if (npms || name.startsWith("LC_") || PASSED.contains(name.toUpperCase(Locale.ROOT))) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private static String reason(ProcessResult result) {
        List<String> lines = result.stderr()
                .lines()
                .filter(line ->
                        !line.isBlank() && !line.contains("complete log of this run") && !line.contains("npm warn"))
                .map(line -> "  " + line)
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException ignored) {
            // A later installation deletes it.
        }
    }
}
