package dev.katra.shell.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the kernel tells about the processes of this machine; tests of the proof run on Linux. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** The pids of all processes. */
    static List<Long> pids() {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no process table", e);
        }
    }

    /** The command line as the process list shows it, words separated by spaces; empty if the process is gone. */
    static String commandLine(long pid) {
        return read(pid, "cmdline").replace('\0', ' ').strip();
    }

    /** The environment that a process was started with; empty if the process is gone or not ours to read. */
    static Map<String, String> environment(long pid) {
        Map<String, String> variables = new TreeMap<>();
        for (String variable : read(pid, "environ").split("\0", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }

    /** The processes in whose environment or command line the text occurs. */
    static List<Long> mentioning(String text) {
        long self = ProcessHandle.current().pid();
        return pids().stream()
                .filter(pid -> pid != self)
                .filter(pid -> read(pid, "environ").contains(text)
                        || read(pid, "cmdline").contains(text))
                .toList();
    }

    private static String read(long pid, String file) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
