package dev.katra.shell.doctor;

import org.jspecify.annotations.Nullable;

/**
 * A Check is the result of one check of this machine.
 *
 * @param ok false if Katra cannot do all of its work because of it
 * @param found what was found
 * @param next what to do about it; null if the check is well
 */
record CheckResult(
        String name, boolean ok, String found, @Nullable String next) {

    static CheckResult passed(String name, String found) {
        return new CheckResult(name, true, found, null);
    }

    static CheckResult failed(String name, String found, String next) {
        return new CheckResult(name, false, found, next);
    }
}
