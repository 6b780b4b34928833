import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the mock upstream answers, built once: the same text in three wire formats, whole and as a stream. */
final class Answers {

    /** So many pieces of text has a stream. */
    static final int PIECES = 20;

    static final int INPUT_TOKENS = 7000;
    static final int OUTPUT_TOKENS = 200;

    /** About 200 tokens. */
    static final String TEXT = new Text(20).of(PIECES * 45);

    private Answers() {}

    /**
     * One answer.
     *
     * @param writes what is written one by one; in a stream the first holds all up to the first piece of text
     */
    record Answer(byte[][] writes) {}

    static Answer chat() {
        return whole(
                "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1760000000,\"model\":\"gpt-bench\",\"choices\":[{"
                    + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + TEXT
                        + "\",\"refusal\":null,\"annotations\":[]},"
                        + "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":" + chatUsage()
                        + ",\"service_tier\":\"default\"}");
    }

    static Answer chatStream() {
        Stream stream = new Stream();
        stream.data(chatChunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        for (int i = 0; i < PIECES; i++) {
            stream.data(chatChunk("{\"content\":\"" + piece(i) + "\"}", "null")).write();
        }
        stream.data(chatChunk("{}", "\"stop\"")).write();
        stream.data("{" + CHUNK + "\"choices\":[],\"usage\":" + chatUsage() + "}")
                .write();
        return stream.data("[DONE]").end();
    }

    private static final String CHUNK =
            "\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
                    + "\"model\":\"gpt-bench\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\",";

    private static String chatChunk(String delta, String finish) {
        return "{" + CHUNK + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + finish + "}],\"usage\":null}";
    }

    private static String chatUsage() {
        return "{\"prompt_tokens\":" + INPUT_TOKENS + ",\"completion_tokens\":" + OUTPUT_TOKENS + ",\"total_tokens\":"
                + (INPUT_TOKENS + OUTPUT_TOKENS)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}";
    }

    static Answer responses() {
        return whole(response("completed", "[" + item("completed", "[" + part(TEXT) + "]") + "]", responsesUsage()));
    }

    static Answer responsesStream() {
        Stream stream = new Stream();
        String empty = response("in_progress", "[]", "null");
        stream.numbered("response.created", "\"response\":" + empty);
        stream.numbered("response.in_progress", "\"response\":" + empty);
        stream.numbered("response.output_item.added", "\"output_index\":0,\"item\":" + item("in_progress", "[]"));
        stream.numbered("response.content_part.added", PLACE + "\"part\":" + part(""));
        for (int i = 0; i < PIECES; i++) {
            stream.numbered("response.output_text.delta", PLACE + "\"delta\":\"" + piece(i) + "\",\"logprobs\":[]")
                    .write();
        }
        stream.numbered("response.output_text.done", PLACE + "\"text\":\"" + TEXT + "\",\"logprobs\":[]");
        stream.numbered("response.content_part.done", PLACE + "\"part\":" + part(TEXT));
        String item = item("completed", "[" + part(TEXT) + "]");
        stream.numbered("response.output_item.done", "\"output_index\":0,\"item\":" + item)
                .write();
        stream.numbered(
                "response.completed", "\"response\":" + response("completed", "[" + item + "]", responsesUsage()));
        return stream.end();
    }

    private static final String PLACE = "\"item_id\":\"msg_bench\",\"output_index\":0,\"content_index\":0,";

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"" + text + "\"}";
    }

    private static String item(String status, String content) {
        return "{\"id\":\"msg_bench\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":" + content + "}";
    }

    private static String response(String status, String output, String usage) {
        return "{\"id\":\"resp_bench\",\"object\":\"response\",\"created_at\":1760000000,\"status\":\"" + status
                + "\",\"background\":false,\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"max_output_tokens\":4096,"
                + "\"model\":\"gpt-bench\",\"output\":" + output
                + ",\"parallel_tool_calls\":true,\"previous_response_id\":null,"
                + "\"reasoning\":{\"effort\":null,\"summary\":null},\"store\":false,\"temperature\":1.0,\"text\":{\"format\":"
                + "{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":"
                + usage
                + ",\"metadata\":{}}";
    }

    private static String responsesUsage() {
        return "{\"input_tokens\":" + INPUT_TOKENS
                + ",\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":"
                + OUTPUT_TOKENS + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":"
                + (INPUT_TOKENS + OUTPUT_TOKENS) + "}";
    }

    static Answer messages() {
        return whole(message("[{\"type\":\"text\",\"text\":\"" + TEXT + "\"}]", "\"end_turn\"", OUTPUT_TOKENS));
    }

    static Answer messagesStream() {
        Stream stream = new Stream();
        stream.named("message_start", "\"message\":" + message("[]", "null", 1));
        stream.named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        for (int i = 0; i < PIECES; i++) {
            stream.named(
                            "content_block_delta",
                            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece(i) + "\"}")
                    .write();
        }
        stream.named("content_block_stop", "\"index\":0");
        stream.named(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":"
                                + usage(OUTPUT_TOKENS))
                .write();
        return stream.named("message_stop", "").end();
    }

    private static String message(String content, String stop, int output) {
        return "{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gpt-bench\",\"content\":"
                + content + ",\"stop_reason\":" + stop + ",\"stop_sequence\":null,\"usage\":" + usage(output) + "}";
    }

    private static String usage(int output) {
        return "{\"input_tokens\":" + INPUT_TOKENS + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                + "\"output_tokens\":" + output + "}";
    }

    private static String piece(int i) {
        int length = TEXT.length() / PIECES;
        return TEXT.substring(i * length, (i + 1) * length);
    }

    private static Answer whole(String json) {
        return new Answer(new byte[][] {
            bytes("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_bench\r\ncontent-length: "
                    + json.length() + "\r\n\r\n" + json)
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Server-sent events in HTTP chunks, one chunk per write. */
    private static final class Stream {
        private final List<byte[]> writes = new ArrayList<>();
        private final StringBuilder events = new StringBuilder();
        private int number;

        Stream data(String data) {
            events.append("data: ").append(data).append("\n\n");
            return this;
        }

        Stream named(String type, String fields) {
            events.append("event: ").append(type).append('\n');
            return data("{\"type\":\"" + type + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
        }

        Stream numbered(String type, String fields) {
            return named(type, "\"sequence_number\":" + number++ + "," + fields);
        }

        Stream write() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (writes.isEmpty()) {
                out.writeBytes(bytes("HTTP/1.1 200 OK\r\n"
                        + "content-type: text/event-stream; charset=utf-8\r\n"
                        + "cache-control: no-cache\r\n"
                        + "x-request-id: req_bench\r\n"
                        + "transfer-encoding: chunked\r\n\r\n"));
            }
            out.writeBytes(bytes(Integer.toHexString(events.length()) + "\r\n" + events + "\r\n"));
            events.setLength(0);
            writes.add(out.toByteArray());
            return this;
        }

        Answer end() {
            write();
            byte[] last = writes.remove(writes.size() - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(last);
            out.writeBytes(bytes("0\r\n\r\n"));
            writes.add(out.toByteArray());
            return new Answer(writes.toArray(byte[][]::new));
        }
    }
}
