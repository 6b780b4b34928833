package dev.katra.shell.server;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.RealCommands;
import dev.katra.shell.channel.ChannelSecret;
import dev.katra.shell.console.CallerCommand;
import dev.katra.shell.console.Version;
import dev.katra.shell.server.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a home's private socket on behalf of a session. */
final class OwnersSocket {

    private final KatraHome home;

    OwnersSocket(KatraHome home) {
        this.home = home;
    }

    /** The commands that are for the owner alone. */
    static List<String> ownersCommands() {
        try (RealCommands commands = new RealCommands()) {
            return commands.registry().getCommands().stream()
                    .filter(command -> command instanceof CallerCommand known
                            && known.runs().ownerOnly())
                    .map(command -> command.getName())
                    .sorted()
                    .toList();
        }
    }

    /** The answers to everything that can be asked there, with this secret. */
    List<Answer> asked(String secret, String token) throws IOException {
        return List.of(
                ask("GET /status HTTP/1.1\r\nX-Katra-Secret: " + secret + "\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n"),
                ask(commandRequest("listed", "who", token, secret)),
                ask(commandRequest("whole", "who", token, secret)));
    }

    /**
     * What a session gets that asks for a command with its environment in this form, and knows the secret; spaces are
     * read.
     */
    String said(String form, String command, String token) throws IOException {
        return send(commandRequest(form, command, token, ChannelSecret.of(home))
                        + "GET /more HTTP/1.1\r\n\r\n".repeat(3))
                .replace("\\0040", " ");
    }

    private static String commandRequest(String form, String command, String token, String secret) {
        String[] words = command.split(" ", -1);
        String body = String.join("\0", Version.current(), secret, "/tmp", "000", form, "none") + "\0" + words.length
                + "\0" + String.join("\0", words) + "\0HOME=/tmp\0KATRA_SESSION_TOKEN=" + token + "\0\0";
        return post("/run", "", body);
    }

    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: katra\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private Answer ask(String request) throws IOException {
        return RawHttp.ask(home.socket(), request);
    }

    private String send(String request) throws IOException {
        return new String(
                RawHttp.exchange(home.socket(), request.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
