package dev.katra.core.search;

import java.util.List;

/**
 * A word of a text, or a form of one.
 *
 * @param surface as the text has it
 * @param term as the index has it
 * @param variants other terms for the same: other spellings, and an identifier's joined form
 */
record Word(String surface, Kind kind, String term, List<String> variants) {

    enum Kind {
        /** Letters and digits between signs. */
        PLAIN,
        /** A part of an identifier in mixed case, or of one with digits. */
        PART,
        /** Several words with signs between them, without these. */
        JOINED,
        /** How a long word begins. */
        BEGINNING,
        /** Two characters next to each other, of a script that puts no blanks between words. */
        PAIR
    }
}
