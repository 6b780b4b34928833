package dev.katra.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is learned from the refusal of a request with a document. */
class LearnedMessagesQuirkTests {

    private static final JsonNode REQUEST = JsonMapper.shared().readTree("""
            {"messages":[{"role":"user","content":[{"type":"document",
             "source":{"type":"base64","media_type":"application/pdf","data":"eA=="}}]}]}""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages[0].content[0]: unknown variant `document`, expected `text` or `image`",
                "{\"error\":\"documents are not supported by this model\"}",
                "messages.0.content.0.document: Input should be 'text' or 'image'"
            })
    void anEndpointThatTakesNoDocumentsGetsThemNoMore(String refusal) {
        assertThat(LearnedMessagesQuirk.of(400, refusal, REQUEST, Quirks.NONE))
                .hasValueSatisfying(
                        learned -> assertThat(learned.has(Quirk.NO_DOCUMENTS)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages.0.content.1.document.source.base64.media_type: Input should be 'application/pdf'",
                "messages.0.content.1.document.source: Input should be an object",
                "The document is not supported: the PDF is protected by a password",
                "documentation: this parameter is not supported"
            })
    void oneBadDocumentTeachesNothing(String refusal) {
        assertThat(LearnedMessagesQuirk.of(400, refusal, REQUEST, Quirks.NONE)).isEmpty();
    }
}
