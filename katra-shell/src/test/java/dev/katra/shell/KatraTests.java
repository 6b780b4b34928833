package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KatraTests {

    @Test
    void itsOutputTellsWhenItCannotBeWritten() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        PrintWriter writer = Katra.writer(new PrintStream(full, false, StandardCharsets.UTF_8));

        writer.print("ü");

        assertThat(writer.checkError()).isTrue();
        assertThat(Katra.writer(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                        .checkError())
                .isFalse();
    }
}
