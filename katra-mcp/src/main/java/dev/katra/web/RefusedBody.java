package dev.katra.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Reports that a request's body is not read: it is too large, too slow, or more than there is memory for now. */
public final class RefusedBody extends ResponseStatusException {

    private static final long serialVersionUID = 1L;

    /** Tells why a body is refused. */
    public enum Reason {
        /** The body is larger than anything that this endpoint takes. */
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
        /** The body and the tree made of it take more of the memory than one session may have. */
        OVER_SHARE(HttpStatus.CONTENT_TOO_LARGE),
        /** The body has more JSON elements than anything that is parsed. */
        TOO_MANY_ELEMENTS(HttpStatus.CONTENT_TOO_LARGE),
        /** The body did not come in time. */
        TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
        /** There is no memory for the body beside those that are being read; there will be. */
        NO_ROOM(HttpStatus.SERVICE_UNAVAILABLE);

        private final HttpStatus status;

        Reason(HttpStatus status) {
            this.status = status;
        }
    }

    /** The number of seconds after which the client may ask again. */
    public static final String RETRY_AFTER = "1";

    private final Reason reason;

    RefusedBody(Reason reason) {
        super(reason.status);
        this.reason = reason;
    }

    /** Returns why the body was refused. */
    public Reason reason() {
        return reason;
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        if (reason == Reason.NO_ROOM) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return headers;
    }
}
