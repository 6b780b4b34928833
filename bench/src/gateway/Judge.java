import java.nio.charset.StandardCharsets;

/** Says what is wrong with an answer: it must be the upstream's whole text, well ended and counted. */
final class Judge {

    private static final byte[] EXPECTED = Bytes.of(Answers.TEXT);
    private static final byte[] DELTA = Bytes.of("\"text_delta\"");
    private static final byte[] DELTA_EVENT = Bytes.of("event: content_block_delta");
    private static final byte[] TEXT = Bytes.of("\"text\":\"");
    private static final byte[] STOPPED = Bytes.of("\"stop_reason\":\"end_turn\"");
    private static final byte[] MESSAGE_STOP = Bytes.of("\"type\":\"message_stop\"");
    private static final byte[] OUTPUT = Bytes.of("\"output_tokens\":" + Answers.OUTPUT_TOKENS);

    private final byte[] text = new byte[EXPECTED.length];
    private final boolean counted;

    /**
     * One thread's judge.
     *
     * @param counted whether the answers must say the upstream's count of tokens
     */
    Judge(boolean counted) {
        this.counted = counted;
    }

    /** Null if all is well. */
    String fault(Client answer, boolean stream) {
        String fault = answer.status != 200 ? "status " + answer.status : stream ? streamed(answer) : whole(answer);
        if (fault == null && answer.closes) {
            fault = "the connection is not kept alive";
        }
        return fault == null
                ? null
                : fault + ": ..."
                        + new String(
                                answer.body,
                                Math.max(0, answer.length - 300),
                                Math.min(300, answer.length),
                                StandardCharsets.UTF_8);
    }

    private String whole(Client answer) {
        if (!ends(answer, answer.length)) {
            return "no stop_reason or no usage";
        }
        int at = Bytes.indexOf(answer.body, 0, answer.length, TEXT);
        return at >= 0 && text(answer, at + TEXT.length, 0) == EXPECTED.length && sameText()
                ? null
                : "not the upstream's text";
    }

    private String streamed(Client answer) {
        if (Bytes.lastIndexOf(answer.body, Math.max(0, answer.length - 200), answer.length, MESSAGE_STOP) < 0) {
            return "no message_stop at the end";
        }
        if (!ends(answer, 1000)) {
            return "no stop_reason or no usage";
        }
        if (answer.content == 0) {
            return "no content_block_delta";
        }
        int length = 0;
        int events = 0;
        int at = 0;
        while ((at = Bytes.indexOf(answer.body, at, answer.length, DELTA_EVENT)) >= 0) {
            int delta = Bytes.indexOf(answer.body, at, Math.min(at + 200, answer.length), DELTA);
            int from = Bytes.indexOf(answer.body, at, Math.min(at + 200, answer.length), TEXT);
            at += DELTA_EVENT.length;
            if (delta >= 0 && from >= 0) {
                events++;
                length = text(answer, from + TEXT.length, length);
            }
        }
        if (length != EXPECTED.length || !sameText()) {
            return "not the upstream's text (" + length + " of " + EXPECTED.length + " characters)";
        }
        return events == Answers.PIECES ? null : events + " events of text instead of " + Answers.PIECES;
    }

    private boolean ends(Client answer, int last) {
        int from = Math.max(0, answer.length - last);
        return Bytes.lastIndexOf(answer.body, from, answer.length, STOPPED) >= 0
                && (!counted || Bytes.lastIndexOf(answer.body, from, answer.length, OUTPUT) >= 0);
    }

    /** Takes over the characters up to the quote; the new length, or more than there can be. */
    private int text(Client answer, int from, int length) {
        for (int i = from; i < answer.length && answer.body[i] != '"'; i++) {
            if (length == text.length) {
                return text.length + 1;
            }
            text[length++] = answer.body[i];
        }
        return length;
    }

    private boolean sameText() {
        return java.util.Arrays.equals(text, EXPECTED);
    }
}
