import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This clone's server over a home of the benchmark, and what the system knows of its process. */
final class Katra {

    private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");

    private final Setting setting;
    private final Path home;
    private final int port;

    Katra(Setting setting, Path home, int port) {
        this.setting = setting;
        this.home = home;
        this.port = port;
    }

    Path home() {
        return home;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Katra start() throws IOException {
        run("server", "start");
        return this;
    }

    void stop() throws IOException {
        run("server", "stop");
    }

    List<String> run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(setting.program()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("KATRA_HOME", home.toString());
        builder.environment().put("KATRA_PORT", String.valueOf(port));
        builder.environment().put("KATRA_TMUX_SOCKET", "katra-bench-none");
        return Command.run(builder);
    }

    long pid() throws IOException {
        Matcher pid = PID.matcher(Files.readString(home.resolve("server.json")));
        if (!pid.find()) {
            throw new IOException("server.json names no pid");
        }
        return Long.parseLong(pid.group(1));
    }

    /** The figures of the server's process. */
    Usage usage() throws IOException {
        return new Usage(pid(), setting.jcmd());
    }

    /** A process as the system accounts for it. */
    record Usage(long pid, String jcmd) {

        double residentMiB() throws IOException {
            return Long.parseLong(Command.run("ps", "-o", "rss=", "-p", String.valueOf(pid)).get(0).strip()) / 1024.0;
        }

        Duration cpu() {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
        }

        /** Threads of its Java; what else the virtual machine runs is always the same. */
        double threads() throws IOException {
            for (String line : Command.run(jcmd, String.valueOf(pid), "PerfCounter.print")) {
                if (line.startsWith("java.threads.live=")) {
                    return Double.parseDouble(line.substring(line.indexOf('=') + 1));
                }
            }
            return Double.NaN;
        }

        /** How often it has a file of this name open; not a number where the system does not tell. */
        double open(String name) {
            Path folder = Path.of("/proc/" + pid + "/fd");
            try (var files = Files.list(folder)) {
                return files.filter(file -> file(file).endsWith("/" + name)).count();
            } catch (IOException e) {
                return Double.NaN;
            }
        }

        private static String file(Path link) {
            try {
                return Files.readSymbolicLink(link).toString();
            } catch (IOException e) {
                return "";
            }
        }
    }
}
