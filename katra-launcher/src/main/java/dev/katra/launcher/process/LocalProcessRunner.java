package dev.katra.launcher.process;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs programs on this machine. */
public final class LocalProcessRunner implements ProcessRunner {

    /**
     * The time for which the pipes of an ended program may stay open in a child that it left behind, in milliseconds.
     */
    private static final long PIPE_TIMEOUT_MILLIS = 500;

    @Override
    public ProcessResult run(ProcessCommand command) {
        Process process = start(command);
        var stdout = new Drain(process.getInputStream());
        var stderr = new Drain(process.getErrorStream());
        try {
            feed(process, command.stdin());
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failure.unavailable("\"" + name(command) + "\" did not finish within "
                                + command.timeout().toSeconds() + " seconds")
                        .hint("try it by hand, and see what it waits for");
            }
            stdout.await();
            stderr.await();
            return new ProcessResult(process.exitValue(), stdout.text(), stderr.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted while \"" + name(command) + "\" was running");
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static Process start(ProcessCommand command) {
        if (!Files.isDirectory(command.folder())) {
            throw Failure.notFound("no folder \"" + command.folder() + "\"")
                    .hint("make it first, or go to another folder");
        }
        List<String> argv = new ArrayList<>(command.argv());
        // ProcessBuilder looks a bare name up on the PATH of this JVM, not on the command's.
        argv.set(0, resolve(command).toString());
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(command.folder().toFile());
        if (command.stdin() == null) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw Failure.unavailable("cannot run \"" + name(command) + "\"")
                    .hint("try it by hand: is it a program for this machine?")
                    .cause(e);
        }
    }

    private static Path resolve(ProcessCommand command) {
        String program = command.program();
        if (program.indexOf('/') < 0) {
            return Executables.find(program, command.environment())
                    .orElseThrow(() -> Failure.notFound("no program \"" + program + "\" on the PATH")
                            .hint("install it, or put its folder on the PATH; see: katra doctor"));
        }
        Path path = command.folder().resolve(program);
        if (!Executables.isExecutable(path)) {
            throw Failure.notFound("no program \"" + path + "\"").hint("see: katra doctor");
        }
        return path;
    }

    private static void feed(Process process, @Nullable String stdin) {
        if (stdin == null) {
            return;
        }
        try (var out = process.getOutputStream()) {
            out.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            // It ended, or closed its input, before it had read everything; its result tells the rest.
        }
    }

    private static String name(ProcessCommand command) {
        return String.valueOf(Path.of(command.program()).getFileName());
    }

    /** Reads one pipe on its own thread, so that a full pipe never blocks the program. */
    private static final class Drain {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final Thread thread;

        Drain(InputStream pipe) {
            thread = Threads.daemon("katra-drain", () -> copy(pipe));
            thread.start();
        }

        private void copy(InputStream pipe) {
            byte[] buffer = new byte[8192];
            try (pipe) {
                for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
                    synchronized (read) {
                        read.write(buffer, 0, n);
                    }
                }
            } catch (IOException | UncheckedIOException ignored) {
                // The program was killed; what it wrote until then is kept.
            }
        }

        void await() throws InterruptedException {
            thread.join(PIPE_TIMEOUT_MILLIS);
        }

        String text() {
            synchronized (read) {
                return read.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
