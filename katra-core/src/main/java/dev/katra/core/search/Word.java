package dev.katra.core.search;

import java.util.List;

/**
 * Holds a word of a text, or a form of one.
 *
 * @param original the word as it stands in the text
 * @param term the word as it stands in the index
 * @param variants other terms for the same: other spellings, and an identifier's joined form
 */
record Word(String original, Kind kind, String term, List<String> variants) {

    enum Kind {
        /** Letters and digits between signs. */
        PLAIN,
        /** A part of an identifier in mixed case, or of one with digits. */
        PART,
        /** Several words with signs between them, without these. */
        JOINED,
        /** The prefix of a long word. */
        PREFIX,
        /** Two characters next to each other, of a script that puts no blanks between words. */
        PAIR,
        /** One Chinese character among others, by which a text is found and which a question of several does without. */
        CHARACTER,
        /** An emoji or another picture. */
        PICTURE
    }
}
