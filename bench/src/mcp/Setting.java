import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the script has set up, and how much is to be measured: the options, and what is made of them. */
final class Setting {

    private final Map<String, String> options;

    Setting(Map<String, String> options) {
        this.options = options;
    }

    String text(String option) {
        String value = options.get(option);
        if (value == null) {
            throw new IllegalArgumentException("no " + option);
        }
        return value;
    }

    int number(String option) {
        return Integer.parseInt(text(option));
    }

    double decimal(String option) {
        return Double.parseDouble(text(option));
    }

    List<Integer> numbers(String option) {
        return Arrays.stream(text(option).split(",")).map(Integer::valueOf).toList();
    }

    boolean has(String part) {
        return List.of(text("--parts").split(",")).contains(part);
    }

    Path folder() {
        return Path.of(text("--folder"));
    }

    String program() {
        return text("--program");
    }

    String jcmd() {
        return text("--jcmd");
    }

    /** The home that the script has made, with two sessions whose tokens it has; its server runs. */
    Katra first() {
        return new Katra(this, folder().resolve("home"), number("--port"));
    }

    String token(String persona) throws IOException {
        return Files.readString(folder().resolve("token-demo-" + persona)).strip();
    }

    /** Another home; it is filled before its server is started. */
    Katra home(String name) {
        return new Katra(this, folder().resolve(name), freePort());
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of the server, word by word, as the script has found it. */
    List<String> serverCommand() throws IOException {
        return Files.readAllLines(folder().resolve("server.command")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The command that runs a class which needs Katra's jars, with the server's Java and its flags. */
    List<String> java(boolean likeTheServer, String main, String... arguments) throws IOException {
        List<String> server = serverCommand();
        List<String> command = new ArrayList<>(List.of(server.get(0)));
        if (likeTheServer) {
            command.addAll(flags());
        } else {
            command.add("-Xmx1g");
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", text("--built") + ":" + text("--lib") + "/*", main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** The server's own flags, less those of caches, which hold its classes and not another's. */
    List<String> flags() throws IOException {
        return serverCommand().stream()
                .filter(word -> word.startsWith("-X"))
                .filter(word -> !word.matches("-XX:(AOT|SharedArchive|.*CDS).*|-Xlog.*"))
                .toList();
    }

    /** Fills a home while no server runs; the tokens of the sessions it has made, in their order. */
    List<String> fill(Katra katra, String... what) throws IOException {
        Path tokens = folder().resolve("tokens-" + katra.home().getFileName());
        List<String> arguments = new ArrayList<>(List.of(
                "--home", katra.home().toString(),
                "--tokens", tokens.toString(),
                "--pid", String.valueOf(ProcessHandle.current().pid())));
        arguments.addAll(Arrays.asList(what));
        List<String> lines = Command.run(new ProcessBuilder(java(false, "Fill", arguments.toArray(String[]::new))));
        McpBench.say(lines.stream().filter(line -> line.startsWith("filled")).collect(Collectors.joining("; ")));
        return Files.exists(tokens) ? Files.readAllLines(tokens) : List.of();
    }
}
