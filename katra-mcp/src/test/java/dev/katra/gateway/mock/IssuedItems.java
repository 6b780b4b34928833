package dev.katra.gateway.mock;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a vendor has given out, and knows again when it comes back. */
final class IssuedItems {

    private final boolean credulous;
    private final String salt = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, String> reasoningByContent = new ConcurrentHashMap<>();
    private final Map<String, String> reasoningByCall = new ConcurrentHashMap<>();
    private final Map<String, String> signatureByCall = new ConcurrentHashMap<>();
    private final Set<String> signatures = ConcurrentHashMap.newKeySet();

    /** Nothing yet. */
    IssuedItems() {
        this(false);
    }

    private IssuedItems(boolean credulous) {
        this.credulous = credulous;
    }

    /** Takes everything for its own. */
    static IssuedItems anything() {
        return new IssuedItems(true);
    }

    /** A new id, such as {@code call_…}. */
    String next(String prefix) {
        return prefix + salt + "%08d".formatted(count.incrementAndGet());
    }

    /** The encrypted content of a reasoning item. */
    String encrypted(String reasoningId) {
        String content = "gAAAAA" + next("");
        reasoningByContent.put(content, reasoningId);
        return content;
    }

    /** A call comes of a reasoning; of which one is told by its encrypted content, or by its item. */
    void reasoned(String callId, String reasoningId) {
        reasoningByCall.put(callId, reasoningId);
    }

    /** The signature of a thought. */
    String signature() {
        String signature = "Eq" + next("");
        signatures.add(signature);
        return signature;
    }

    /** The signature of the thought that a call came of. */
    String signature(String callId) {
        String signature = signature();
        signatureByCall.put(callId, signature);
        return signature;
    }

    /** The signature that a call was given with. */
    @Nullable
    String signatureOf(String callId) {
        return signatureByCall.get(callId);
    }

    boolean credulous() {
        return credulous;
    }

    boolean signed(String signature) {
        return credulous || signatures.contains(signature);
    }

    /** Whether this is the encrypted content of this item; an item may come back without its id. */
    boolean encrypted(String content, String id) {
        String known = reasoningByContent.get(content);
        return credulous ? !content.isEmpty() : known != null && (id.isEmpty() || id.equals(known));
    }

    /** The id of the reasoning whose encrypted content this is. */
    @Nullable
    String reasoning(String content) {
        return reasoningByContent.get(content);
    }

    /** The id of the reasoning that a call came of. */
    @Nullable
    String reasoningOf(String callId) {
        return reasoningByCall.get(callId);
    }
}
