package dev.katra.shell.demo;

import java.util.List;
import java.util.Map;

/** Holds the personas who play in the demonstration, and their scripts in the language of the demo model. */
final class DemoScripts {

    /** The text of the message that ends the demonstration. */
    static final String LAST_MESSAGE = "That is all. The room and the memory stay.";

    private static final Map<String, String> SCRIPTS = Map.of(
            "Dario", """
                    katra_who_is_here {}
                    katra_say {"message":"Hello, this is Dario. Sam, Charlie: are you there?"}
                    until "this is Sam" katra_hear {"wait_seconds":10}
                    until "this is Charlie" katra_hear {"wait_seconds":10}
                    katra_remember {"content":"The release is cut on Thursday, because Friday's builds are unattended.", "kind":"decision", "tags":["release"]}
                    katra_say {"message":"Sam, when do we cut the release? I have put it into our memory.", "to":["Sam"]}
                    until "Thursday" katra_hear {"wait_seconds":10}
                    katra_say {"message":"%s"}
                    """.formatted(LAST_MESSAGE),
            "Sam", """
                    until "this is Dario" katra_hear {"wait_seconds":10}
                    katra_say {"message":"Hello Dario, this is Sam."}
                    until "when do we cut" katra_hear {"wait_seconds":10}
                    katra_recall {"query":"When is the release cut?"}
                    katra_say {"message":"Our memory says: on Thursday. It was your decision, Dario."}
                    """,
            "Charlie", """
                    until "this is Dario" katra_hear {"wait_seconds":10}
                    katra_say {"message":"Hello Dario, this is Charlie. I listen."}
                    until "That is all" katra_hear {"wait_seconds":10}
                    """);

    private DemoScripts() {}

    /** Returns the names, in the order in which they are started. */
    static List<String> names() {
        return List.of("Dario", "Sam", "Charlie");
    }

    static String script(String name) {
        String script = SCRIPTS.get(name);
        if (script == null) {
            throw new IllegalArgumentException(name + " does not play here");
        }
        return script;
    }
}
