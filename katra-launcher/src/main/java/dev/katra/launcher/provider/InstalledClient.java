package dev.katra.launcher.provider;

import java.util.ServiceLoader;

/** Finds what this program's agent tells about itself. The agent names itself in {@code META-INF/services}. */
final class InstalledClient {

    private static final ProviderClient INSTALLED = ServiceLoader.load(
                    ProviderClient.class, ProviderClient.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the program has no agent"));

    private InstalledClient() {}

    static ProviderClient get() {
        return INSTALLED;
    }
}
