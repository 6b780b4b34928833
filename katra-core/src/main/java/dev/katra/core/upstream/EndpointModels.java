package dev.katra.core.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.Column;

/**
 * Names the models that stand in for those that an endpoint cannot know. All are null where requests pass through,
 * because they keep the names that the client wrote.
 *
 * @param main the model that stands in for any other name
 * @param opus the model that stands in for {@code claude-opus-…}
 * @param sonnet the model that stands in for {@code claude-sonnet-…}
 * @param haiku the model that stands in for {@code claude-haiku-…}
 */
public record EndpointModels(
        @Column("model") @Nullable String main,
        @Column("opus_model") @Nullable String opus,
        @Column("sonnet_model") @Nullable String sonnet,
        @Column("haiku_model") @Nullable String haiku) {

    /** Names no model. */
    public static final EndpointModels NONE = new EndpointModels(null, null, null, null);
}
