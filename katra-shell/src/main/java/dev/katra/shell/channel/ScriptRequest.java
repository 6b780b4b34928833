package dev.katra.shell.channel;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Input;
import dev.katra.shell.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A ScriptRequest is a command as the entry point's script sends it: fields that each end in a zero byte, and behind
 * them the caller's standard input. The fields are the version of the program, the home's secret, the folder, the
 * terminal's digits, {@code part} or {@code whole} for the environment, {@code input} or {@code none}, the number of
 * words, the words, and the environment. A part of the environment is one field as {@code declare -p} prints it; the
 * whole is a field {@code NAME=value} for each variable and an empty one.
 */
record ScriptRequest(
        String version,
        String secret,
        String folder,
        String terminal,
        boolean wholeEnvironment,
        boolean hasInput,
        List<String> words,
        Map<String, String> environment,
        Input input) {

    /** Reads a request. An IllegalArgumentException says that the body is not one. */
    static ScriptRequest read(byte[] body) {
        Fields fields = new Fields(body);
        String version = fields.next();
        String secret = fields.next();
        String folder = Path.of(fields.next()).toString();
        String terminal = fields.next();
        boolean whole = fields.next().equals("whole");
        boolean input = fields.next().equals("input");
        int count = Integer.parseInt(fields.next());
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(fields.next());
        }
        Map<String, String> environment = whole ? readWholeEnvironment(fields) : DeclaredVariables.read(fields.bytes());
        return new ScriptRequest(
                version,
                secret,
                folder,
                terminal,
                whole,
                input,
                words,
                environment,
                input ? fields.rest() : Input.EMPTY);
    }

    /** Returns the caller on whose behalf the command is to be run. */
    Caller caller(PrintWriter out, PrintWriter err, BooleanSupplier gone) {
        Path here = realFolder();
        Map<String, String> known = new HashMap<>(environment);
        known.computeIfPresent(
                KatraHome.VARIABLE,
                (name, home) -> home.isBlank()
                        ? home
                        : new KatraHome(here.resolve(home)).root().toString());
        return new Caller(words, known, here, Terminal.parse(terminal), input, out, err, gone);
    }

    /** Returns the caller's folder without symbolic links, as a process knows its folder. */
    private Path realFolder() {
        Path given = Path.of(folder);
        try {
            return given.toRealPath();
        } catch (IOException e) {
            return given;
        }
    }

    private static Map<String, String> readWholeEnvironment(Fields fields) {
        Map<String, String> environment = new HashMap<>();
        for (String entry = fields.next(); !entry.isEmpty(); entry = fields.next()) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("no variable");
            }
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return environment;
    }

    /** Reads field after field. */
    private static final class Fields {

        private final byte[] body;
        private int at;

        private Fields(byte[] body) {
            this.body = body;
        }

        private byte[] bytes() {
            int end = at;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            if (end == body.length) {
                throw new IllegalArgumentException("a field has no end");
            }
            byte[] field = Arrays.copyOfRange(body, at, end);
            at = end + 1;
            return field;
        }

        private String next() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        private Input rest() {
            return () -> Input.text(Arrays.copyOfRange(body, at, body.length));
        }
    }
}
