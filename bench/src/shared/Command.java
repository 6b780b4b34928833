import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs commands of the system. */
final class Command {

    private Command() {}

    /** The lines that it writes; it must succeed. */
    static List<String> run(String... command) throws IOException {
        return run(new ProcessBuilder(command));
    }

    static List<String> run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        }
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", builder.command()) + " failed: " + lines);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        return lines;
    }
}
