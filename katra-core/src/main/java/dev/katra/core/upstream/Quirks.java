package dev.katra.core.upstream;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.ExternallyNamed;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Describes how one model at one endpoint differs from the plain OpenAI format.
 *
 * @param flags the quirks that it has
 * @param efforts the reasoning efforts that it accepts; empty for a model that does not reason
 * @param toolLimit the largest number of tools that it accepts, 0 for any number
 * @param descriptionLimit the largest length of a tool's description, 0 for any length
 */
public record Quirks(Set<Quirk> flags, List<Effort> efforts, int toolLimit, int descriptionLimit) {

    /** The quirks of the plain OpenAI format: none, no reasoning, up to 128 tools. */
    public static final Quirks NONE = new Quirks(Set.of(), List.of(), 128, 0);

    private static final String MAX_TOOLS = "max-tools=";
    private static final String MAX_DESCRIPTION = "max-description=";

    public Quirks {
        flags = Set.copyOf(flags);
        efforts = efforts.stream().distinct().sorted().toList();
        if (toolLimit < 0 || descriptionLimit < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /**
     * Returns the quirks that a provider's settings name, as comma-separated lists. Besides names, the first list may
     * hold {@code max-tools=N} and {@code max-description=N}.
     *
     * @throws Failure INVALID for an unknown name or a limit that is not a number
     */
    public static Quirks parse(String flags, String efforts) {
        Set<Quirk> found = EnumSet.noneOf(Quirk.class);
        int tools = NONE.toolLimit;
        int description = NONE.descriptionLimit;
        for (String name : names(flags)) {
            if (name.startsWith(MAX_TOOLS)) {
                tools = limit(name, MAX_TOOLS);
                continue;
            }
            if (name.startsWith(MAX_DESCRIPTION)) {
                description = limit(name, MAX_DESCRIPTION);
                continue;
            }
            found.add(Quirk.find(name).orElseThrow(() -> unknown("quirk", name, known())));
        }
        List<Effort> accepted = names(efforts).stream()
                .map(name -> Effort.find(name).orElseThrow(() -> unknown("effort", name, knownEfforts())))
                .toList();
        return new Quirks(found, accepted, tools, description);
    }

    /** Returns whether the endpoint has this quirk. */
    public boolean has(Quirk quirk) {
        return flags.contains(quirk);
    }

    /** Returns whether the model reasons, and so takes an effort and refuses sampling. */
    public boolean supportsReasoning() {
        return !efforts.isEmpty();
    }

    /** Returns these quirks and one more. */
    public Quirks with(Quirk quirk) {
        Set<Quirk> more = EnumSet.of(quirk);
        more.addAll(flags);
        return new Quirks(more, efforts, toolLimit, descriptionLimit);
    }

    /** Returns the same quirks with other efforts. */
    public Quirks withEfforts(List<Effort> accepted) {
        return new Quirks(flags, accepted, toolLimit, descriptionLimit);
    }

    /** Returns the same quirks with another tool limit. */
    public Quirks withToolLimit(int limit) {
        return new Quirks(flags, efforts, limit, descriptionLimit);
    }

    private static int limit(String name, String prefix) {
        String number = name.substring(prefix.length()).strip();
        if (!number.matches("[0-9]{1,6}")) {
            throw Failure.invalid("\"%s\" is not a limit".formatted(name))
                    .hint("write " + prefix + "128, or 0 for none");
        }
        return Integer.parseInt(number);
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Failure unknown(String what, String name, String known) {
        return Failure.invalid("there is no %s \"%s\"".formatted(what, name)).hint("one of: " + known);
    }

    private static String known() {
        return ExternallyNamed.list(Quirk.class) + ", " + MAX_TOOLS + "N, " + MAX_DESCRIPTION + "N";
    }

    private static String knownEfforts() {
        return ExternallyNamed.list(Effort.class);
    }
}
