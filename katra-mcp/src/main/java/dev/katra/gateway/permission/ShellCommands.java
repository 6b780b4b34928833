package dev.katra.gateway.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses shell commands that can be understood without a shell: plain words and quoted texts, joined by {@code &&},
 * {@code ||}, {@code ;} and {@code |}. A command line with anything else, such as substitutions, other redirections or
 * loops, is not understood.
 */
final class ShellCommands {

    private static final Set<String> MAKE = Set.of("mkdir", "touch");
    private static final Pattern TO_NOWHERE =
            Pattern.compile("(?<=\\s)(?:(?:[12&]?>>?\\s?/dev/null)|2>&1)(?=\\s|$|[;|])");
    private static final Set<String> FOLDER_READERS = Set.of("grep", "egrep", "fgrep");
    private static final Pattern THROUGH_FOLDERS = Pattern.compile("-[A-Za-z0-9]*[rR].*|--(?:r|de|di).*");
    private static final String SPECIAL = "`$<>&(){}*?[]!#~";

    private ShellCommands() {}

    /** Returns the simple commands in a command line, each as its words; empty if the line is not understood. */
    static Optional<List<List<String>>> parse(String line) {
        String plain = TO_NOWHERE.matcher(line.strip()).replaceAll(" ");
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int at = 0;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            if (c == '\'' || c == '"') {
                int end = plain.indexOf(c, at + 1);
                String inside = end < 0 ? "" : plain.substring(at + 1, end);
                if (end < 0 || (c == '"' && inside.chars().anyMatch(each -> "`$\\!".indexOf(each) >= 0))) {
                    return Optional.empty();
                }
                word = (word == null ? new StringBuilder() : word).append(inside);
                at = end + 1;
                continue;
            }
            boolean joins = c == ';' || c == '|' || c == '\n' || (c == '&' && plain.startsWith("&&", at));
            if (joins || Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                if (joins && !words.isEmpty()) {
                    commands.add(List.copyOf(words));
                    words.clear();
                }
                boolean two = joins && c != '\n' && at + 1 < plain.length() && plain.charAt(at + 1) == c;
                at += two ? 2 : 1;
                continue;
            }
            if (c == '\\' || (SPECIAL.indexOf(c) >= 0 && !(c == '!' && word != null))) {
                return Optional.empty();
            }
            word = (word == null ? new StringBuilder() : word).append(c);
            at++;
        }
        if (word != null) {
            words.add(word.toString());
        }
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
        }
        return commands.isEmpty() ? Optional.empty() : Optional.of(commands);
    }

    /** Returns whether a command only reads, and reads no secrets. */
    static boolean isReadOnly(List<String> command) {
        String program = command.get(0);
        List<String> arguments = command.subList(1, command.size());
        if (arguments.stream().anyMatch(PathRules::isSecret)) {
            return false;
        }
        // Reading a whole folder elsewhere also reads what must not be shown.
        if (readsFolders(command) && arguments.stream().anyMatch(each -> each.startsWith("/") || each.contains(".."))) {
            return false;
        }
        // Below /proc, secrets lie in files of other names.
        if (changesFolder(command) && arguments.stream().anyMatch(each -> each.contains("/proc"))) {
            return false;
        }
        return ReadOnlyPrograms.onlyReads(program, arguments);
    }

    /** Returns whether a command only creates files or folders, all of them at places where the session may write. */
    static boolean onlyCreates(List<String> command, PathRules paths) {
        return MAKE.contains(command.get(0))
                && command.size() > 1
                && command.subList(1, command.size()).stream()
                        .allMatch(each -> each.equals("-p") || (!each.startsWith("-") && paths.mayBeWritten(each)));
    }

    /** Returns whether a command may read whole folders, as {@code diff} does with any that it is given. */
    static boolean readsFolders(List<String> command) {
        return command.get(0).equals("diff")
                || (FOLDER_READERS.contains(command.get(0))
                        && command.stream()
                                .anyMatch(each -> THROUGH_FOLDERS.matcher(each).matches()));
    }

    /** Returns whether a command changes the working folder, so that the following commands work on other files. */
    static boolean changesFolder(List<String> command) {
        return command.get(0).equals("cd");
    }
}
