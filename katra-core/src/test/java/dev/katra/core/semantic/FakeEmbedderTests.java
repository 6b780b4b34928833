package dev.katra.core.semantic;

import dev.katra.core.testing.EmbedderContract;
import dev.katra.core.testing.FakeEmbedder;

class FakeEmbedderTests extends EmbedderContract {

    private final FakeEmbedder embedder = new FakeEmbedder("fake");

    @Override
    protected Embedder embedder() {
        return embedder;
    }
}
