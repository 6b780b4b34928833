import java.io.IOException;

/** Something that is done again and again and timed. It checks what it is answered. */
interface Action {

    /** Does it once; the nanoseconds that count. */
    long nanos() throws IOException;
}
