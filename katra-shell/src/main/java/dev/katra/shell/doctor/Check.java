package dev.katra.shell.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one look at this machine came to.
 *
 * @param ok false if Katra cannot do all of its work because of it
 * @param found what is the case
 * @param next what to do about it; null if it is well
 */
record Check(
        String name, boolean ok, String found, @Nullable String next) {

    static Check well(String name, String found) {
        return new Check(name, true, found, null);
    }

    static Check wrong(String name, String found, String next) {
        return new Check(name, false, found, next);
    }
}
