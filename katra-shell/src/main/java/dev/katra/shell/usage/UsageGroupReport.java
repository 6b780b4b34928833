package dev.katra.shell.usage;

import dev.katra.core.usage.UsageGroup;
import dev.katra.core.usage.UsageGrouping;
import java.util.List;

/**
 * A UsageGroupReport is usage by what requests have in common, for {@code --json}.
 *
 * @param by what they have in common
 * @param total the sum of all groups
 */
record UsageGroupReport(String by, List<Group> groups, UsageView total) {

    /**
     * A Group is the usage of requests that have something in common.
     *
     * @param name what they have in common
     * @param sessions the number of their sessions
     */
    record Group(String name, long sessions, UsageView usage) {}

    static UsageGroupReport of(UsageGrouping grouping, List<UsageGroup> groups) {
        return new UsageGroupReport(
                grouping.externalName(),
                groups.stream()
                        .map(group -> new Group(group.name(), group.sessions(), UsageView.of(group.usage())))
                        .toList(),
                UsageView.of(UsageGroupTable.total(groups)));
    }
}
