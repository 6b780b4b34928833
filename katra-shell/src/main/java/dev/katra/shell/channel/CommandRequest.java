package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Input;
import dev.katra.shell.console.Streams;
import dev.katra.shell.console.Terminal;
import dev.katra.shell.console.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A CommandRequest asks the server to run a command, on behalf of the entry point's script or of a command line in Java.
 * It travels as fields that each end in a zero byte, and behind them the caller's standard input. The fields are the
 * version of the program, the home's secret, the folder, the terminal, the form of the environment, {@code input} or
 * {@code none}, the number of words, the words, and the environment. In the form {@code part} the environment is one
 * field as {@code declare -p} prints it, in the forms {@code listed} and {@code whole} a field {@code NAME=value} for
 * each variable and an empty one. All but {@code whole} are what every command may need.
 *
 * @param version of the program that asks; a server of another version takes no command
 * @param secret the home's
 * @param folder the caller's
 * @param terminal as {@link Terminal#encoded} has it
 * @param input all of standard input; null if the request carries none
 */
public record CommandRequest(
        String version,
        String secret,
        String folder,
        String terminal,
        List<String> words,
        SentEnvironment environment,
        @Nullable ByteBuffer input) {

    /**
     * The maximum size of standard input, in bytes; a text that is decoded already is measured in characters. The
     * server holds the input in memory a few times over.
     */
    public static final int MAX_INPUT_BYTES = 32 * 1024 * 1024;

    private static final String INPUT = "input";
    private static final String NO_INPUT = "none";

    public CommandRequest {
        words = List.copyOf(words);
    }

    /**
     * A SentEnvironment is what a request carries of the caller's environment. The server keeps none of it.
     *
     * @param whole false if it is only the part that every command may need
     */
    public record SentEnvironment(Map<String, String> variables, boolean whole) {

        public SentEnvironment {
            variables = Map.copyOf(variables);
        }
    }

    /** Creates the request of a caller in this process to the server of the caller's home. */
    public static CommandRequest of(Caller caller, SentEnvironment environment, @Nullable ByteBuffer input) {
        return new CommandRequest(
                Version.current(),
                ChannelSecret.of(caller.home()),
                caller.folder().toString(),
                caller.terminal().encoded(),
                caller.arguments(),
                environment,
                input);
    }

    /** Returns the failure of an input that is larger than {@link #MAX_INPUT_BYTES}. */
    public static Failure inputTooLarge() {
        return Failure.invalid("the input is larger than " + MAX_INPUT_BYTES / 1024 / 1024 + " MiB")
                .hint("hand it over in parts");
    }

    /** Reads a request. An IllegalArgumentException says that the body is not one. */
    static CommandRequest read(byte[] body) {
        FieldReader fields = new FieldReader(body);
        String version = fields.next();
        String secret = fields.next();
        String folder = Path.of(fields.next()).toString();
        String terminal = fields.next();
        String form = fields.next();
        boolean input = fields.next().equals(INPUT);
        int count = Integer.parseInt(fields.next());
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(fields.next());
        }
        SentEnvironment environment = readEnvironment(form, fields);
        return new CommandRequest(version, secret, folder, terminal, words, environment, input ? fields.rest() : null);
    }

    private static SentEnvironment readEnvironment(String form, FieldReader fields) {
        return switch (form) {
            case "part" -> new SentEnvironment(DeclaredVariables.read(fields.bytes()), false);
            case "listed" -> new SentEnvironment(readVariables(fields), false);
            case "whole" -> new SentEnvironment(readVariables(fields), true);
            default -> throw new IllegalArgumentException("no form of an environment");
        };
    }

    private static Map<String, String> readVariables(FieldReader fields) {
        Map<String, String> environment = new HashMap<>();
        for (String entry = fields.next(); !entry.isEmpty(); entry = fields.next()) {
            int equals = entry.indexOf('=', 1); // Java has variables whose name begins with one
            if (equals < 1) {
                throw new IllegalArgumentException("no variable");
            }
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return environment;
    }

    /**
     * Returns the body of this request.
     *
     * @throws Failure INVALID if a word has a NUL, which no word of another process can have
     */
    byte[] body() {
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw Failure.invalid("the command has a NUL character").hint("send text, and binary data as a file");
        }
        List<String> fields = new ArrayList<>(List.of(
                version,
                secret,
                folder,
                terminal,
                environment.whole() ? "whole" : "listed",
                input == null ? NO_INPUT : INPUT,
                String.valueOf(words.size())));
        fields.addAll(words);
        environment.variables().forEach((name, value) -> fields.add(name + "=" + value));
        fields.add("");
        ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024 + (input == null ? 0 : input.remaining()));
        for (String field : fields) {
            body.writeBytes(field.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        if (input != null) {
            body.write(input.array(), input.arrayOffset() + input.position(), input.remaining());
        }
        return body.toByteArray();
    }

    /** Returns the caller on whose behalf the command is to be run. */
    Caller caller(PrintWriter out, PrintWriter err, BooleanSupplier gone) {
        Path here = realFolder();
        Map<String, String> known = new HashMap<>(environment.variables());
        known.computeIfPresent(
                KatraHome.VARIABLE,
                (name, home) -> home.isBlank()
                        ? home
                        : new KatraHome(here.resolve(home)).root().toString());
        ByteBuffer sent = input;
        Input read = sent == null ? Input.EMPTY : () -> Input.text(sent.duplicate());
        return new Caller(words, known, here, new Streams(read, out, err, Terminal.parse(terminal), gone));
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

    /** A FieldReader reads field after field. */
    private static final class FieldReader {

        private final byte[] body;
        private int at;

        private FieldReader(byte[] body) {
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

        private ByteBuffer rest() {
            return ByteBuffer.wrap(body, at, body.length - at);
        }
    }
}
