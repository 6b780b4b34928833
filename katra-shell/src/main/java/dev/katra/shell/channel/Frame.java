package dev.katra.shell.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Frame is one line of the server's answer. It holds at most one of its parts; a frame without any keeps the
 * connection alive. The last frame holds exit or exec, and an answer that ends without one was cut.
 *
 * @param out text for standard output
 * @param err text for standard error
 * @param exit the exit code
 * @param exec the program that the caller is to become
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Frame(
        @Nullable String out,
        @Nullable String err,
        @Nullable Integer exit,
        @Nullable List<String> exec) {

    static final Frame ALIVE = new Frame(null, null, null, null);
}
