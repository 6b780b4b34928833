package dev.katra.gateway.mock;

import tools.jackson.databind.json.JsonMapper;

/** A part of an answer. */
public sealed interface Part {

    /** Thinking; without text, thinking that the vendor does not show. */
    record Thought(String text) implements Part {}

    /** Text. */
    record Text(String text) implements Part {}

    /** The model says that it will not. */
    record Refusal(String text) implements Part {}

    /**
     * A tool is called.
     *
     * @param id as the vendor names the call; empty for one that the mock makes
     * @param arguments as the model wrote them, be they JSON or not
     */
    record Call(String id, String name, String arguments) implements Part {

        /** With an id that the mock makes. */
        public static Call of(String name, String arguments) {
            return new Call("", name, arguments);
        }

        /** With arguments of these names and values, in pairs. */
        public static Call with(String name, Object... pairs) {
            var arguments = JsonMapper.shared().createObjectNode();
            for (int i = 0; i < pairs.length; i += 2) {
                arguments.putPOJO(String.valueOf(pairs[i]), pairs[i + 1]);
            }
            return of(name, arguments.toString());
        }
    }
}
