package dev.katra.core.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds the part of a text around the words that were looked for.
 *
 * @param text the part, with an ellipsis where something is left out
 * @param omittedBytes the number of bytes that are left out; 0 if the text is whole
 */
public record Excerpt(String text, int omittedBytes) {

    private static final int MAX_OCCURRENCES = 50;
    private static final int MIN_STEM_CHARACTERS = 4;
    private static final int ENDING = 3;
    private static final int SLACK = 20;

    private record Place(int at, int word) {}

    /**
     * Returns the whole text if it has no more than {@code mostBytes} UTF-8 bytes, else the part of about that size
     * that has the most of the words, or the beginning if it has none.
     */
    public static Excerpt of(String text, List<String> words, int mostBytes) {
        int bytes = bytes(text);
        if (bytes <= mostBytes) {
            return new Excerpt(text, 0);
        }
        int size = Math.max(1, (int) ((long) mostBytes * text.length() / bytes));
        int start = start(text, words, size);
        int end = Math.min(text.length(), start + size);
        start = atWord(text, start, 1);
        end = atWord(text, end, -1);
        String part = text.substring(start, end).strip();
        return new Excerpt((start > 0 ? "… " : "") + part + (end < text.length() ? " …" : ""), bytes - bytes(part));
    }

    /** Returns whether the excerpt is the whole text. */
    public boolean isWhole() {
        return omittedBytes == 0;
    }

    private static int start(String text, List<String> words, int size) {
        List<Place> places = places(text, words);
        int best = 0;
        long most = 0;
        for (Place place : places) {
            long had = places.stream()
                    .filter(other -> other.at() >= place.at() && other.at() < place.at() + size * 3 / 4)
                    .map(Place::word)
                    .distinct()
                    .count();
            if (had > most) {
                most = had;
                best = place.at();
            }
        }
        return Math.max(0, Math.min(best - size / 4, text.length() - size));
    }

    /**
     * Returns where the words are. A word that is nowhere is looked for by its beginning, because it may have another
     * ending.
     */
    private static List<Place> places(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        String searched = lower.length() == text.length() ? lower : text;
        List<Place> places = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            String whole = words.get(word).toLowerCase(Locale.ROOT);
            int before = places.size();
            add(places, searched, whole, word);
            if (places.size() == before && whole.length() > MIN_STEM_CHARACTERS) {
                add(places, searched, whole.substring(0, Math.max(MIN_STEM_CHARACTERS, whole.length() - ENDING)), word);
            }
        }
        return places;
    }

    private static void add(List<Place> places, String text, String word, int index) {
        int at = word.isEmpty() ? -1 : text.indexOf(word);
        for (int n = 0; at >= 0 && n < MAX_OCCURRENCES; n++) {
            places.add(new Place(at, index));
            at = text.indexOf(word, at + word.length());
        }
    }

    /** Returns the nearest place in this direction at which no word and no character is cut, if there is one nearby. */
    private static int atWord(String text, int at, int direction) {
        if (at == 0 || at == text.length()) {
            return at;
        }
        for (int moved = 0; moved < SLACK; moved++) {
            int place = at + moved * direction;
            if (place <= 0 || place >= text.length()) {
                break;
            }
            if (Character.isWhitespace(text.charAt(place))) {
                return place;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at + direction : at;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
