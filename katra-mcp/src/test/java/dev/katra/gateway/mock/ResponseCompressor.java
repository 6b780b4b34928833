package dev.katra.gateway.mock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses a response, piece by piece, whether it was asked for or not. */
final class ResponseCompressor {

    private ResponseCompressor() {}

    /** The same response in this encoding, {@code gzip} or {@code deflate}. */
    static Response packed(Response response, String encoding) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("content-encoding", encoding);
        List<Step> steps = steps(response.steps(), encoding);
        long length = response.length() < 0
                ? -1
                : steps.stream()
                        .mapToLong(step -> step instanceof Step.Send send ? send.bytes().length : 0)
                        .sum();
        return new Response(response.status(), headers, response.before(), length, steps);
    }

    private static List<Step> steps(List<Step> steps, String encoding) {
        var packed = new ByteArrayOutputStream();
        List<Step> all = new ArrayList<>();
        try (DeflaterOutputStream out =
                switch (encoding) {
                    case "gzip" -> new GZIPOutputStream(packed, true);
                    case "deflate" -> new DeflaterOutputStream(packed, true);
                    default -> throw new IllegalArgumentException(encoding);
                }) {
            for (Step step : steps) {
                if (step instanceof Step.Send send) {
                    out.write(send.bytes());
                    out.flush();
                    all.add(new Step.Send(packed.toByteArray()));
                    packed.reset();
                } else {
                    all.add(step);
                }
            }
            out.finish();
            all.add(new Step.Send(packed.toByteArray()));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
