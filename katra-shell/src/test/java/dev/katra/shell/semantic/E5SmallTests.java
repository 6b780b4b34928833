package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.core.semantic.Embedder;
import dev.katra.core.testing.EmbedderContract;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real model, fetched as {@code katra memory semantic on} does it. */
@Tag("semantic")
class E5SmallTests extends EmbedderContract {

    private static ModelFiles files;
    private static E5Small model;

    @BeforeAll
    static void load(@TempDir Path folder) {
        files = fetch(folder);
        model = E5Small.load(files);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** With the mirror and the proxy of who runs the tests. */
    static ModelFiles fetch(Path folder) {
        TestCaller caller = TestCaller.of();
        System.getenv().forEach(caller::variable);
        return new ModelFetch(new KatraHome(folder.resolve("home")).create(), Artifact.all(), Platform.ofThisMachine())
                .fetch(caller.caller());
    }

    @Override
    protected Embedder embedder() {
        return model;
    }

    /** The ids are those of the tokenizer that the model came with, the Hugging Face one. */
    @Test
    void cutsTextAsTheModelHasLearntIt() throws Exception {
        WordPieceTokenizer pieces = WordPieceTokenizer.read(files.tokenizer());
        assertThat(pieces.tokenIds("passage: Größe of V004__memory.sql, don't panic", 512))
                .containsExactly(
                        101, 6019, 1024, 24665, 2080, 17499, 1997, 1058, 8889, 2549, 1035, 1035, 3638, 1012, 29296,
                        1010, 2123, 1005, 1056, 6634, 102);
        assertThat(pieces.tokenIds("query: 数据库迁移 in katra-core? $HOME/.katra", 512))
                .containsExactly(
                        101, 23032, 1024, 100, 100, 100, 100, 100, 1999, 10645, 2527, 1011, 4563, 1029, 1002, 2188,
                        1013, 1012, 10645, 2527, 102);
    }

    @Test
    void isLoadedAgainAfterItWasClosed() {
        E5Small other = E5Small.load(files);
        float[] first = other.embedQuestion("a car");
        other.close();
        try (E5Small again = E5Small.load(files)) {
            assertThat(again.embedQuestion("a car")).containsExactly(first);
        }
    }
}
