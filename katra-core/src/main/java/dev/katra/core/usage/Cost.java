package dev.katra.core.usage;

/**
 * Sums up what requests cost.
 *
 * @param priced the number of requests whose price is known
 * @param unpriced the number of requests that used tokens whose price is not known
 * @param nanoDollars the cost of the priced requests, in billionths of a US dollar
 */
public record Cost(long priced, long unpriced, long nanoDollars) {

    /** The cost of no request. */
    public static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost more) {
        return new Cost(priced + more.priced, unpriced + more.unpriced, nanoDollars + more.nanoDollars);
    }
}
