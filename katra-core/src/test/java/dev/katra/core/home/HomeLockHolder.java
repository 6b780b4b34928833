package dev.katra.core.home;

import java.nio.file.Path;
import java.util.Optional;

/** The main class of the second process in {@link HomeLockTests}. */
final class HomeLockHolder {

    private HomeLockHolder() {}

    public static void main(String[] arguments) throws Exception {
        Optional<HomeLock> lock = HomeLock.tryAcquire(new KatraHome(Path.of(arguments[0])));
        System.out.println(lock.isPresent() ? "held" : "refused");
        System.in.read(); // until the test ends this process, or is gone itself
    }
}
