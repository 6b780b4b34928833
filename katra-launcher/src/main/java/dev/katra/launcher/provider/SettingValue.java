package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;

/** One key with its value and the place where it was written. */
record SettingValue(SettingKey key, String value, Source source) {

    /** An empty value takes back what a lower layer says; an empty variable is a variable all the same. */
    boolean takesBack() {
        return value.isEmpty() && key.setting() != Setting.ENV;
    }

    /**
     * The same value, checked. No message repeats the value: it may be a secret in the wrong place.
     *
     * @throws Failure INVALID naming the source
     */
    SettingValue check() {
        Setting setting = key.setting();
        if (setting != null && !value.isEmpty() && !setting.form().accepts(value)) {
            Failure failure = wrong(key.name() + " is not " + setting.form().expects());
            throw setting.form().hintFor(value).map(failure::hint).orElse(failure);
        }
        return this;
    }

    Failure wrong(String text) {
        return Failure.invalid(source + ": " + text);
    }
}
