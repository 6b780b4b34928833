package dev.katra.shell.proof;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Part;

/** What auto mode looks like from where the model is. */
final class AutoMode {

    /** The client has it checked: it reaches the network. Nothing answers there. */
    static final String CHECKED = "touch %s && curl -s http://127.0.0.1:9/ | wc -c";

    private AutoMode() {}

    /** Calls a command that is checked and makes this file. */
    static Part.Call checked(String file) {
        return Part.Call.with("Bash", "command", CHECKED.formatted(file), "description", "d");
    }

    /** Answers with a call of a command that is checked and makes this file. */
    static Answer run(String file) {
        return Answer.tools(checked(file));
    }

    /** Whether the session's own model is asked, rather than one for a title or a sub-agent. */
    static boolean isOwn(ModelInput asked) {
        return asked.offers("Agent");
    }

    /** Whether Katra asks for a judgement. */
    static boolean judges(ModelInput asked) {
        return asked.system().contains("You decide whether a tool call");
    }

    /** Whether the client checks by itself: it asks by some 145 kB without tools. */
    static boolean isOwnCheck(ModelInput asked) {
        return asked.tools().isEmpty() && asked.body().toString().length() > 60_000;
    }
}
