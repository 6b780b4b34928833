package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import java.util.List;
import java.util.Locale;

/**
 * A Platform says for which kind of machine native libraries are.
 *
 * @param folder the name of the platform in the runtime's jar
 * @param suffix the suffix of a shared library there
 */
record Platform(String folder, String suffix) {

    /**
     * Returns the platform of this machine.
     *
     * @throws Failure UNAVAILABLE if the runtime has no libraries for it
     */
    static Platform ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String processor) {
        boolean arm = List.of("aarch64", "arm64").contains(processor.toLowerCase(Locale.ROOT));
        boolean intel = List.of("amd64", "x86_64").contains(processor.toLowerCase(Locale.ROOT));
        if (system.startsWith("Linux") && (arm || intel)) {
            return new Platform(arm ? "linux-aarch64" : "linux-x64", ".so");
        }
        if (system.startsWith("Mac") && arm) {
            return new Platform("osx-aarch64", ".dylib");
        }
        throw Failure.unavailable("semantic recall does not run on " + system + " with a processor " + processor)
                .hint("it needs Linux (x86-64 or ARM) or macOS (ARM); recall goes by words here");
    }

    /** Returns the path of a library in the runtime's jar. */
    String entry(String library) {
        return "ai/onnxruntime/native/" + folder + "/" + file(library);
    }

    String file(String library) {
        return "lib" + library + suffix;
    }
}
