package dev.katra.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HeldRequestTests {

    private final RequestScheduler tasks = new RequestScheduler();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicInteger ends = new AtomicInteger();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void isAnsweredOnce() {
        HeldRequest held = held();

        assertThat(held.answer(200, "text/plain", "mail")).isTrue();
        assertThat(held.answer(200, "text/plain", "again")).isFalse();
        assertThat(response.getContentAsByteArray()).asString().isEqualTo("mail");
        assertThat(ends).hasValue(1);
    }

    @Test
    void whoseClientHasLeftSinceTheLastLookIsNotAnswered() {
        HeldRequest answered = held();
        HeldRequest goingOn = held();
        gone.set(true);

        assertThat(answered.answer(200, "text/plain", "mail")).isFalse();
        assertThat(goingOn.dispatch()).isFalse();
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(ends).hasValue(2);
    }

    /** Nobody looks by the clock in a test's time. */
    private HeldRequest held() {
        var request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        request.setAttribute(ClientProbe.class.getName(), new ClientProbe() {
            @Override
            public boolean isGone() {
                return gone.get();
            }

            @Override
            public void abort() {}
        });
        var links = new RequestMonitor(tasks, Duration.ofDays(1));
        return HeldRequest.hold(request, response, links, ends::incrementAndGet);
    }
}
