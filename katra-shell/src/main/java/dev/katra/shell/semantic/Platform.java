package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import java.util.List;
import java.util.Locale;

/**
 * For which machine native libraries are.
 *
 * @param folder what the runtime's jar calls it
 * @param suffix of a shared library there
 */
record Platform(String folder, String suffix) {

    /**
     * This machine's.
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

    /** The path of a library in the runtime's jar. */
    String entry(String library) {
        return "ai/onnxruntime/native/" + folder + "/" + file(library);
    }

    String file(String library) {
        return "lib" + library + suffix;
    }
}
