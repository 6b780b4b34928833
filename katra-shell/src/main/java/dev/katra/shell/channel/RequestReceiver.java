package dev.katra.shell.channel;

import dev.katra.core.concurrent.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RequestReceiver accepts callers and gathers the first request of each, with one thread for all of them. A caller that
 * connects and says nothing takes an open file and no thread, and is refused in favour of others when there are many. A
 * caller whose request is whole is handed on.
 */
final class RequestReceiver implements AutoCloseable {

    /** The maximum number of callers whose request is not whole yet. */
    static final int MAX_WAITING = 256;

    /** The maximum time that a caller may take to send its request. It takes milliseconds. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The share of the heap that requests may take. A command may hold further copies of its request. */
    private static final int PARTS_OF_HEAP = 8;

    private static final long LOOK_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(RequestReceiver.class);

    private final Target target;
    private final Selector selector;
    private final MemoryBudget memory = new MemoryBudget(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    /** The callers whose request is not whole yet. The one who has been silent longest comes first. */
    private final Set<Waiting> waiting = new LinkedHashSet<>();

    private final List<Whole> whole = new ArrayList<>();
    private volatile boolean closed;

    /** Takes over a caller whose first request is whole, and closes both in the end. Must not wait. */
    @FunctionalInterface
    interface Target {

        void take(PrivateConnection connection, IncomingRequest request);
    }

    private record Waiting(SocketChannel socket, IncomingRequest request, long since) {}

    private record Whole(SocketChannel socket, PrivateConnection connection, IncomingRequest request) {}

    private RequestReceiver(Target target, Selector selector) {
        this.target = target;
        this.selector = selector;
    }

    /** Opens a receiver that does not listen yet. */
    static RequestReceiver open(Target target) throws IOException {
        RequestReceiver receiver = new RequestReceiver(target, Selector.open());
        Threads.daemon("katra-socket", receiver::run).start();
        return receiver;
    }

    /** Accepts callers on this channel until it is closed. */
    void listen(ServerSocketChannel listening) throws IOException {
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        selector.wakeup();
    }

    /** Closes the callers that have not been handed on. Others stay connected. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(this::attend, waiting.isEmpty() ? 0 : LOOK_MILLIS);
                handOn();
                refuseLate();
            } catch (ClosedSelectorException e) {
                break;
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) { // nobody else would listen
                LOG.error("the private socket failed; trying again", e);
                pause();
            }
        }
        new ArrayList<>(waiting).forEach(this::drop);
        close(selector);
    }

    private void attend(SelectionKey key) {
        if (key.isValid() && key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
        } else if (key.isValid() && key.attachment() instanceof Waiting caller && waiting.contains(caller)) {
            read(caller);
        }
    }

    private void accept(ServerSocketChannel listening) {
        try {
            for (SocketChannel caller = listening.accept(); caller != null; caller = listening.accept()) {
                admit(caller);
            }
        } catch (ClosedChannelException e) {
            LOG.debug("the socket was closed", e);
        } catch (IOException e) {
            LOG.warn("a caller could not connect", e);
            makeWay(waiting.size() / 2); // there may be no more files to open
            pause();
        }
    }

    private void admit(SocketChannel socket) throws IOException {
        Waiting caller = new Waiting(socket, new IncomingRequest(memory), System.nanoTime());
        try {
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, caller);
        } catch (IOException | RuntimeException e) {
            close(socket);
            throw e;
        }
        waiting.add(caller);
        makeWay(MAX_WAITING);
    }

    /** Refuses those who have been silent longest until at most this number of callers wait. */
    private void makeWay(int most) {
        Iterator<Waiting> silent = List.copyOf(waiting).iterator();
        while (waiting.size() > most && silent.hasNext()) {
            Waiting caller = silent.next();
            if (!read(caller)) {
                refuse(caller, Refusal.TOO_SLOW);
            }
        }
    }

    /** Reads what the caller has sent. Returns false if that is nothing. */
    private boolean read(Waiting caller) {
        try {
            buffer.clear();
            int read = caller.socket().read(buffer);
            buffer.flip();
            if (read == 0) {
                return false;
            }
            waiting.remove(caller);
            if (read < 0) {
                drop(caller);
            } else if (caller.request().take(buffer)) {
                complete(caller);
            } else {
                waiting.add(caller); // as the one who has been silent for the shortest time
            }
        } catch (IOException e) {
            LOG.debug("a caller has left", e);
            drop(caller);
        }
        return true;
    }

    private void complete(Waiting caller) {
        Refusal refusal = caller.request().refusal();
        if (refusal != null) {
            refuse(caller, refusal);
        } else {
            PrivateConnection connection = new PrivateConnection(caller.socket(), buffer);
            whole.add(new Whole(caller.socket(), connection, caller.request()));
        }
    }

    private void handOn() throws IOException {
        if (whole.isEmpty()) {
            return;
        }
        List<Whole> ready = List.copyOf(whole);
        whole.clear();
        for (Whole caller : ready) {
            SelectionKey key = caller.socket().keyFor(selector);
            if (key != null) {
                key.cancel();
            }
        }
        selector.selectNow(key -> {}); // only then may the channels block; who else is ready stays so
        for (Whole caller : ready) {
            try {
                caller.socket().configureBlocking(true);
            } catch (IOException e) {
                LOG.debug("a caller has left", e);
                caller.request().close();
                close(caller.socket());
                continue;
            }
            target.take(caller.connection(), caller.request());
        }
    }

    private void refuseLate() {
        long now = System.nanoTime();
        for (Waiting caller : List.copyOf(waiting)) {
            if (now - caller.since() > LIMIT.toNanos()) {
                refuse(caller, Refusal.TOO_SLOW);
            }
        }
    }

    private void refuse(Waiting caller, Refusal refusal) {
        try {
            caller.socket().write(ByteBuffer.wrap(refusal.bytes())); // which is less than a socket holds
        } catch (IOException e) {
            LOG.debug("a caller has left", e);
        }
        drop(caller);
    }

    private void drop(Waiting caller) {
        waiting.remove(caller);
        caller.request().close();
        close(caller.socket());
    }

    private static void close(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            LOG.debug("closing failed", e);
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
}
