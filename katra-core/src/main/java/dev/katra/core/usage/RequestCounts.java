package dev.katra.core.usage;

/**
 * Counts requests.
 *
 * @param all the number of requests, those that failed included
 * @param errors the number of requests that failed
 * @param unreported the number of requests that did not fail and of which the endpoint did not report all tokens: they
 *     are estimated, or missing where the answer was cut short
 */
public record RequestCounts(long all, long errors, long unreported) {

    /** The counts of no request. */
    public static final RequestCounts NONE = new RequestCounts(0, 0, 0);

    RequestCounts plus(RequestCounts more) {
        return new RequestCounts(all + more.all, errors + more.errors, unreported + more.unreported);
    }
}
