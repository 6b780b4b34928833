package dev.katra.shell;

import dev.katra.shell.console.Input;
import java.io.IOException;
import java.io.InputStream;

/** The process's own standard input, of which nothing is read before it is asked for. */
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
    public String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
