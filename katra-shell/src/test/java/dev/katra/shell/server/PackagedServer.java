package dev.katra.shell.server;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.testing.Program;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The server of the packaged program, in a process of its own. */
final class PackagedServer implements TestedServer {

    private final Program katra;
    private final long pid;

    private PackagedServer(Program katra) throws Exception {
        this.katra = katra;
        katra.out("server", "start");
        this.pid = katra.server().pid();
    }

    /** Starts it over the home in this folder, whose path is short. */
    static PackagedServer start(Path folder) throws Exception {
        return new PackagedServer(new Program(folder));
    }

    @Override
    public KatraHome home() {
        return new KatraHome(katra.home());
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + katra.port());
    }

    /** The last line of a histogram of live objects is their sum: {@code Total 181420 9938864}. */
    @Override
    public long heldBytes() throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .lines()
                .toList();
        String[] sum = lines.get(lines.size() - 1).split("\\s+", -1);
        if (process.waitFor() != 0 || sum.length != 3) {
            throw new AssertionError("no sum of live objects: " + lines);
        }
        return Long.parseLong(sum[2]);
    }

    @Override
    public void stop() throws Exception {
        katra.stop();
    }
}
