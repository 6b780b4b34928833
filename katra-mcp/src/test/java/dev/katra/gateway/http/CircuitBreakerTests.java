package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTests {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Optional<Duration> UNSAID = Optional.empty();

    private final TestClock clock = new TestClock();
    private final CircuitBreaker breaker = new CircuitBreaker(PAUSE, Duration.ofMinutes(10), clock);

    @Test
    void letsEverythingThroughUntilTheEndpointFails() {
        CircuitBreaker.Permit one = permit();
        permit().succeeded();
        one.failed(UNSAID);

        assertThat(breaker.acquire()).isEmpty();
        assertThat(breaker.pausedUntil()).contains(clock.instant().plus(PAUSE));
    }

    @Test
    void triesOnceAfterThePauseAndGoesBackWhenThatIsAnswered() {
        permit().failed(UNSAID);
        clock.advance(PAUSE.minusMillis(1));
        assertThat(breaker.acquire()).isEmpty();

        clock.advance(Duration.ofMillis(1));
        CircuitBreaker.Permit trial = permit();
        assertThat(breaker.acquire()).as("one tries, and no other").isEmpty();

        trial.succeeded();
        assertThat(breaker.pausedUntil()).isEmpty();
        permit();
        permit();
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        for (int seconds : List.of(30, 60, 120, 240, 480, 600, 600)) {
            permit().failed(UNSAID);
            assertThat(breaker.pausedUntil()).contains(clock.instant().plusSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
        }
        permit().succeeded();
        permit().failed(UNSAID);
        assertThat(breaker.pausedUntil())
                .as("an answer makes the next pause short again")
                .contains(clock.instant().plus(PAUSE));
    }

    @ParameterizedTest
    @CsvSource({
        "the endpoint's word counts, 1, 5, 5",
        "also where it is long, 1, 7200, 7200",
        "after more failures no shorter pause, 3, 5, 120",
        "but a longer one, 3, 500, 500"
    })
    void respectsWhatTheEndpointAsksFor(String why, int failures, int asked, int seconds) {
        for (int i = 1; i < failures; i++) {
            permit().failed(UNSAID);
            clock.advance(Duration.ofMinutes(10));
        }
        permit().failed(Optional.of(Duration.ofSeconds(asked)));

        assertThat(breaker.pausedUntil()).as(why).contains(clock.instant().plusSeconds(seconds));
    }

    @Test
    void anAnswerToWhatWasSentBeforeTheFailureChangesNothing() {
        CircuitBreaker.Permit early = permit();
        permit().failed(UNSAID);
        early.succeeded();

        assertThat(breaker.acquire()).isEmpty();
    }

    @Test
    void failuresOfRequestsThatWereOpenTogetherCountOnce() {
        List<CircuitBreaker.Permit> open = List.of(permit(), permit(), permit());
        open.get(0).failed(UNSAID);
        open.get(1).failed(UNSAID);
        assertThat(breaker.pausedUntil()).contains(clock.instant().plus(PAUSE));

        open.get(2).failed(Optional.of(Duration.ofMinutes(3)));
        assertThat(breaker.pausedUntil())
                .as("the longest that it asks for")
                .contains(clock.instant().plus(Duration.ofMinutes(3)));
    }

    @Test
    void aTrialWhoseClientLeavesGivesItsTurnToTheNext() {
        permit().failed(UNSAID);
        clock.advance(PAUSE);
        permit().abandoned();

        CircuitBreaker.Permit next = permit();
        next.succeeded();
        next.failed(UNSAID);
        assertThat(breaker.pausedUntil()).as("only the first word counts").isEmpty();
    }

    @Test
    void whatNobodyElseAnswersIsAskedAllTheSame() {
        permit().failed(UNSAID);
        breaker.force().failed(UNSAID);
        assertThat(breaker.pausedUntil()).contains(clock.instant().plus(PAUSE));

        breaker.force().succeeded();
        assertThat(breaker.pausedUntil()).isEmpty();
    }

    private CircuitBreaker.Permit permit() {
        return breaker.acquire().orElseThrow(() -> new AssertionError("no permit"));
    }
}
