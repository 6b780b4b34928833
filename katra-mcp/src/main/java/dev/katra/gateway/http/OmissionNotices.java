package dev.katra.gateway.http;

import dev.katra.core.session.SessionNotices;
import dev.katra.gateway.upstream.Target;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tells the person, once in a session, which parts of its requests the model does not get. */
final class OmissionNotices {

    /** The maximum number of things that a notice names. */
    private static final int MAX_NAMES = 8;

    private OmissionNotices() {}

    /** Tells of the tools that are more than the endpoint takes. */
    static void tellTools(SessionNotices notices, SessionUpstream session, Target target, Collection<String> names) {
        notices.add(
                session.sessionId(),
                "tools",
                "Katra: %s takes %d tools; %d of this session are not offered to the model: %s"
                        .formatted(session.provider().id(), target.quirks().toolLimit(), names.size(), some(names)));
    }

    /**
     * Tells of images and documents that are left out.
     *
     * @param quirks the quirks under which the guide says how to change that
     */
    static void tellAttachments(
            SessionNotices notices, SessionUpstream session, Target target, Collection<String> names, String quirks) {
        notices.add(
                session.sessionId(),
                "attachments",
                "Katra: the model does not see %s: %s is not known to take it. If %s does, see %s in the guide"
                        .formatted(some(names), session.provider().id(), target.model(), quirks));
    }

    private static String some(Collection<String> names) {
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? first + " and %d more".formatted(names.size() - MAX_NAMES) : first;
    }
}
