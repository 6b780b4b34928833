package dev.katra.core.usage;

/**
 * Sums up what requests cost.
 *
 * @param priced the number of requests whose price is known
 * @param unpriced the number of requests that used tokens whose price is not known
 * @param nanoDollars the cost of the priced requests, in billionths of a US dollar
 * @param listNanoDollars the cost at the list prices of the maker of the session's client, as the client has reported it
 *     for the maker's own models, in billionths of a US dollar
 */
public record Cost(long priced, long unpriced, long nanoDollars, long listNanoDollars) {

    /** The cost of no request. */
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost plus(Cost more) {
        return new Cost(
                priced + more.priced,
                unpriced + more.unpriced,
                nanoDollars + more.nanoDollars,
                listNanoDollars + more.listNanoDollars);
    }
}
