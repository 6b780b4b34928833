package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;

/** Holds one key with its value and its source. */
record SettingValue(SettingKey key, String value, Source source) {

    /**
     * Returns whether this removes what a lower layer says, as an empty value does; an empty environment variable is a
     * value all the same.
     */
    boolean isRemoval() {
        return value.isEmpty() && key.setting() != Setting.ENV;
    }

    /**
     * Returns this value after checking its format. No message repeats the value: it may be a secret in the wrong
     * place.
     *
     * @throws Failure INVALID naming the source
     */
    SettingValue checked() {
        Setting setting = key.setting();
        if (setting != null && !value.isEmpty() && !setting.format().accepts(value)) {
            Failure failure = failure(key.name() + " is not " + setting.format().expectation());
            throw setting.format().hintFor(value).map(failure::hint).orElse(failure);
        }
        return this;
    }

    Failure failure(String text) {
        return Failure.invalid(source + ": " + text).hint("mend it there, or take it out");
    }
}
