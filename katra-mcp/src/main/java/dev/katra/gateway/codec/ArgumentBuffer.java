package dev.katra.gateway.codec;

import dev.katra.gateway.tool.CallArguments;

/**
 * Assembles the arguments of a call from their pieces. Endpoints send each piece once, or repeat all of them at the
 * end, or repeat in each piece everything before it, or first send a placeholder for what is still to come.
 */
final class ArgumentBuffer {

    private static final String NOTHING = "{}";
    private static final String NULL = "null";
    private static final int MAX_PLACEHOLDER = 16;

    private final StringBuilder text = new StringBuilder();
    private boolean cumulative;
    /**
     * A piece that begins like everything before it. It either repeats that or belongs inside it; the next piece
     * decides.
     */
    private String undecided = "";

    private int taken;

    boolean empty() {
        return text.isEmpty();
    }

    void add(String piece) {
        if (!undecided.isEmpty()) {
            cumulative = piece.startsWith(undecided);
            settle(cumulative);
        }
        if (cumulative && extendsText(piece)) {
            replace(piece);
        } else if (repeats(piece)) {
            return;
        } else if (isPlaceholder() && piece.startsWith("{")) {
            replace(piece);
        } else if (extendsText(piece)) {
            cumulative = !CallArguments.canBegin(text + piece);
            undecided = cumulative ? "" : piece;
            if (cumulative) {
                replace(piece);
            }
        } else {
            text.append(piece);
        }
    }

    /** Returns whether the piece repeats all that has come, and that is a whole object. */
    boolean repeats(String piece) {
        return piece.length() == text.length() && text.compareTo(new StringBuilder(piece)) == 0 && whole();
    }

    /** Returns whether a piece can belong to the same arguments. */
    boolean canContinueWith(String piece) {
        return !whole() && (extendsText(piece) || CallArguments.canBegin(text + undecided + piece));
    }

    /**
     * Returns whether the arguments are a whole object and not a placeholder, so that nothing more can belong to them.
     */
    boolean complete() {
        return !isPlaceholder() && whole();
    }

    /** Returns whether the arguments are a whole object, which may be a placeholder. */
    boolean whole() {
        return whole(text) || (!undecided.isEmpty() && (whole(text + undecided) || whole(undecided)));
    }

    /** Takes all the arguments from an endpoint that sends them at the end, and adds what has not come before. */
    void addAll(String all) {
        if (empty() || isPlaceholder()) {
            add(all);
        } else if (all.length() > text.length() && all.startsWith(text.toString())) {
            undecided = "";
            replace(all);
        }
    }

    /** Returns the text that is certain and was not taken before. */
    String takeNew() {
        if (isPlaceholder()) {
            return "";
        }
        String more = text.substring(taken);
        taken = text.length();
        return more;
    }

    /**
     * Returns all that was not taken before; nothing more may come after it.
     *
     * @param mend whether to repair text that is almost a JSON object, if nothing of it was taken before
     */
    String takeRest(boolean mend) {
        settle(whole(undecided) && !whole(text + undecided));
        if (mend && taken == 0 && !text.isEmpty() && !whole(text)) {
            CallArguments.repaired(text.toString()).ifPresent(object -> replace(object.toString()));
        }
        String more = text.substring(taken);
        taken = text.length();
        return more;
    }

    /**
     * Returns all that was not taken before of arguments that are not whole. The result is never empty if nothing was
     * taken, because empty text would be read as no arguments.
     */
    String takeCutOff() {
        boolean nothing = taken == 0 && (empty() || isPlaceholder());
        return nothing ? "{" : takeRest(false);
    }

    private void settle(boolean repeated) {
        if (repeated) {
            replace(undecided);
        } else {
            text.append(undecided);
        }
        undecided = "";
    }

    private void replace(String all) {
        text.setLength(0);
        text.append(all);
    }

    private boolean extendsText(String piece) {
        return !text.isEmpty() && text.charAt(0) == '{' && piece.startsWith(text.toString());
    }

    private boolean isPlaceholder() {
        if (taken > 0 || text.length() > MAX_PLACEHOLDER) {
            return false;
        }
        String said = text.toString();
        return said.equals(NOTHING) || NULL.startsWith(said.strip());
    }

    private static boolean whole(CharSequence text) {
        int last = text.length() - 1;
        while (last >= 0 && Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        return last > 0 && text.charAt(last) == '}' && CallArguments.complete(text);
    }
}
