package dev.katra.shell;

import dev.katra.shell.console.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the process's own standard input, and nothing of it before it is asked for. */
final class StandardInput implements Input {

    private final InputStream in;

    StandardInput(InputStream in) {
        this.in = in;
    }

    @Override
    public String readAll() throws IOException {
        return Input.text(in.readAllBytes());
    }

    @Override
    public Optional<String> nextLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return Optional.of(Input.text(line.toByteArray()));
    }
}
