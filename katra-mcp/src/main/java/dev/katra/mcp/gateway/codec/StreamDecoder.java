package dev.katra.mcp.gateway.codec;

/**
 * Reads an answer's stream and passes its events on as they come. After the answer is complete or has failed nothing
 * more is passed on. Not for several threads at once.
 */
public interface StreamDecoder {

    /** Takes the next bytes, cut anywhere. */
    void push(byte[] bytes, int offset, int length);

    /** The endpoint has closed the stream; an answer that is not complete fails now. */
    void end();
}
