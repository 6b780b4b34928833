package dev.katra.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedCacheTests {

    private final BoundedCache<Integer, String> cache = new BoundedCache<>(10);

    @Test
    void holdsNoMoreThanItsBound() {
        IntStream.range(0, 1_000).forEach(n -> cache.put(n, "v" + n));

        assertThat(IntStream.range(0, 1_000).filter(n -> cache.get(n) != null).count())
                .isBetween(5L, 10L);
        assertThat(cache.get(999)).isEqualTo("v999");
    }

    @Test
    void keepsWhatIsAskedFor() {
        cache.put(-1, "asked for");
        for (int n = 0; n < 1_000; n++) {
            cache.put(n, "v" + n);
            assertThat(cache.get(-1)).as("after %d others", n).isEqualTo("asked for");
        }
    }

    @Test
    void dropsWhatNobodyAsksFor() {
        cache.put(-1, "not asked for");
        IntStream.range(0, 10).forEach(n -> cache.put(n, "v" + n));

        assertThat(cache.get(-1)).isNull();
    }

    @Test
    void hasTheNewestValueOfAKey() {
        cache.put(1, "old");
        IntStream.range(2, 7).forEach(n -> cache.put(n, "v" + n)); // 1 is of the generation before
        cache.put(1, "new");
        assertThat(cache.get(1)).isEqualTo("new");

        cache.clear();
        assertThat(cache.get(1)).isNull();
    }

    @Test
    void refusesABoundThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BoundedCache<>(1));
    }
}
