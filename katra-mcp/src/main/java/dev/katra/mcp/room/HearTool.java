package dev.katra.mcp.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.Heard;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** {@code katra_hear}. While it waits it holds nothing but its thread. */
@Component
class HearTool implements Tool<HearTool.Input, HearTool.Output> {

    private static final int LONGEST_WAIT = 300;

    record Input(
            @Says("0 to " + LONGEST_WAIT + "; wait for mail") @Nullable
            Integer waitSeconds,

            @Says("last number you have; only for clients without Katra's hooks") @Nullable
            Long ack) {

        Input {
            if (waitSeconds != null && (waitSeconds < 0 || waitSeconds > LONGEST_WAIT)) {
                throw Failure.invalid("wait_seconds is " + waitSeconds + ", and must be 0 to " + LONGEST_WAIT);
            }
        }

        Duration longest() {
            return Duration.ofSeconds(waitSeconds == null ? 0 : waitSeconds);
        }
    }

    record Output(List<MessageView> messages, int more) implements Answer {
        @Override
        public String text() {
            if (messages.isEmpty()) {
                return "nothing new";
            }
            String heard = messages.stream().map(MessageView::lines).collect(Collectors.joining("\n"));
            return more == 0 ? heard : heard + "\n" + more + " more wait: call katra_hear again";
        }
    }

    private final RoomService room;
    private final ConcurrentMap<Thread, CompletableFuture<Void>> waits = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    HearTool(RoomService room) {
        this.room = room;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_hear",
                "Hear what was said to you and not heard yet. Sub-agents share your inbox.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Actor actor = call.actor();
        long end = System.nanoTime() + arguments.longest().toNanos();
        while (true) {
            CompletableFuture<Void> mail = room.mail(actor.personaId());
            Heard heard = room.hear(actor, call.toolUseId(), arguments.ack());
            if (!heard.messages().isEmpty() || !arrives(mail, end - System.nanoTime())) {
                List<MessageView> messages =
                        heard.messages().stream().map(MessageView::of).toList();
                return new Output(messages, heard.waiting());
            }
        }
    }

    /** Lets those who wait go; the server stops only when they have their answers. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        waits.values().forEach(wait -> wait.complete(null));
    }

    private boolean arrives(CompletableFuture<Void> mail, long nanos) {
        waits.put(Thread.currentThread(), mail);
        try {
            if (nanos <= 0 || stopping) {
                return false;
            }
            mail.get(nanos, TimeUnit.NANOSECONDS);
            return !stopping;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw Failure.unavailable("waiting for mail failed").cause(e);
        } finally {
            waits.remove(Thread.currentThread());
        }
    }
}
