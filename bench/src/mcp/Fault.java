import java.io.IOException;

/** An answer that is not what it must be. One, and there are no figures. */
final class Fault extends IOException {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 400;

    Fault(String what, String answer) {
        super(what + ": " + answer.substring(0, Math.min(SHOWN, answer.length())));
    }
}
