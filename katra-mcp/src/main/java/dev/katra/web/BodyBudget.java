package dev.katra.web;

import dev.katra.core.persona.Actor;
import dev.katra.web.client.ClientProbe;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests: each within a limit and a deadline, few of one session at a time, and all that are held
 * at once within a share of the memory, of which one session has half at most. Memory is reserved for what has come and
 * never for what is announced. What a request has reserved is released when the request ends, however it ends. Large
 * bodies are read and parsed in {@link LargeBodyTurns turns}; small ones never wait for them. It is safe for use by
 * several threads.
 */
public final class BodyBudget implements ServletRequestListener {

    /** The maximum time in which a body must come, from its first byte. On loopback it takes milliseconds. */
    static final Duration MAX_DURATION = Duration.ofSeconds(20);

    /** The maximum number of bodies of one session that are read at a time, each of which takes a thread. */
    static final int MAX_READ_PER_SESSION = 32;

    /** The maximum time for which a request waits for memory. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** The maximum number of requests that wait for memory at a time. */
    private static final int MAX_WAITING = 32;

    /**
     * The number of copies that are counted of a body: the bytes as they came, the text that is made of them, and what
     * is sent on.
     */
    private static final int COPIES = 3;

    /** The maximum size of an element of a JSON tree, in bytes, for each character that begins or separates one. */
    private static final int MAX_ELEMENT_BYTES = 80;

    private static final int STEP_BYTES = 64 * 1024;

    /** The number of bytes beyond which a body is large. No message of the MCP client is. */
    static final int LARGE = 512 * 1024;

    /** The share of the memory that the tree of one body may take, which is many times what a client sends. */
    private static final int PARTS_FOR_A_TREE = 8;

    private static final int MAX_DRAINED_BYTES = 64 * 1024 * 1024;
    private static final String HELD = BodyBudget.class.getName();

    private final int kilobytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<Long, Integer> ofSession = new HashMap<>();
    private int free;
    private int waiting;
    private final Map<Long, Integer> reading = new ConcurrentHashMap<>();
    private final LargeBodyTurns turns;

    /** Creates a reader of bodies that together take at most this number of bytes, trees and copies included. */
    BodyBudget(long bytes) {
        this(bytes, LargeBodyTurns.ofThisMachine());
    }

    BodyBudget(long bytes, LargeBodyTurns turns) {
        this.turns = turns;
        this.kilobytes = Math.toIntExact(bytes / 1024);
        this.free = kilobytes;
    }

    /**
     * Reads a body whole.
     *
     * @param largest the maximum size of the body, in bytes
     * @throws RefusedBody if it is larger, does not come in time, or there is no room for it
     */
    public byte[] readAll(HttpServletRequest request, int largest) throws IOException {
        try {
            return read(request, largest, null);
        } finally {
            parsed(request);
        }
    }

    /**
     * Reads a body whole that is to be parsed, and reserves memory for its tree. The caller must call {@link #parsed}
     * when the tree is made, or is not to be made any more.
     *
     * @param largest the maximum size of the body, in bytes
     * @throws RefusedBody if the body or its tree is larger, it does not come in time, or there is no memory for it
     */
    public byte[] json(HttpServletRequest request, int largest) throws IOException {
        JsonElements elements = new JsonElements();
        byte[] body = read(request, largest, elements);
        reservation(request).reserve(elements.count() * MAX_ELEMENT_BYTES);
        return body;
    }

    /** Ends the turn of this request, if its body is large, so that the next large body is read. */
    public void parsed(HttpServletRequest request) {
        reservation(request).parsed();
    }

    private byte[] read(HttpServletRequest request, int largest, @Nullable JsonElements elements) throws IOException {
        long announced = request.getContentLengthLong();
        try (BoundedBody body = body(request, largest, COPIES)) {
            try {
                body.takeTurns(elements);
                return announced < 0 ? body.readAllBytes() : body.readNBytes((int) announced);
            } catch (RefusedBody e) {
                parsed(request);
                body.pass(e);
                throw e;
            }
        }
    }

    /**
     * Returns the body as a stream, of which the caller keeps one copy at most. The stream throws {@link RefusedBody}
     * if the body is larger than {@code largest} bytes, does not come in time, or there is no memory for it. The caller
     * must close it after reading.
     */
    public InputStream stream(HttpServletRequest request, int largest) throws IOException {
        return body(request, largest, 1);
    }

    private BoundedBody body(HttpServletRequest request, int largest, int copies) throws IOException {
        long announced = request.getContentLengthLong();
        BodyReservation held = reservation(request);
        if (announced > largest) {
            drain(request, held, announced);
            throw new RefusedBody(RefusedBody.Reason.TOO_LARGE);
        }
        if (kilobytes(copies * announced) > held.maxKilobytes()) {
            drain(request, held, announced);
            throw new RefusedBody(RefusedBody.Reason.OVER_SHARE);
        }
        return new BoundedBody(request, held, copies, largest);
    }

    /**
     * Reads a body that is too large to its end, if that is near: a client that is still sending does not see an
     * answer.
     */
    private void drain(HttpServletRequest request, BodyReservation held, long announced) throws IOException {
        if (announced <= MAX_DRAINED_BYTES) {
            try (InputStream body = new BoundedBody(request, held, 0, MAX_DRAINED_BYTES)) {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (RefusedBody e) {
                // it is too large in any case
            }
        }
    }

    /** Reserves memory for a tree, as {@link BodyReservation#reserveForTree} does. */
    public void reserveForTree(HttpServletRequest request, byte[] json) {
        reservation(request).reserveForTree(json);
    }

    /** Returns the number of kilobytes that are free. */
    public int freeKilobytes() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest().getAttribute(HELD) instanceof BodyReservation held) {
            held.end();
        }
    }

    /** Returns the memory that this request has reserved, for code that outlives the thread that reads it. */
    public BodyReservation reservation(HttpServletRequest request) {
        if (request.getAttribute(HELD) instanceof BodyReservation held) {
            return held;
        }
        BodyReservation held = new BodyReservation(session(request));
        request.setAttribute(HELD, held);
        return held;
    }

    private static @Nullable Long session(HttpServletRequest request) {
        Actor actor = SessionFilter.actor(request);
        return actor.sessionId();
    }

    private static long kilobytes(long bytes) {
        return (bytes + 1023) / 1024;
    }

    /** Holds the memory that one request has reserved. Nothing more is reserved once the request has ended. */
    public final class BodyReservation {

        private final @Nullable Long session;
        private int taken;
        private boolean over;
        private LargeBodyTurns.@Nullable Turn turn;

        private BodyReservation(@Nullable Long session) {
            this.session = session;
        }

        /**
         * Reserves memory for the tree that is to be made of a JSON text: {@code []} then takes far more than two
         * bytes. A large text waits for a turn, which the caller must end with {@link #parsed}.
         *
         * @return the number of bytes reserved
         * @throws RefusedBody if there is no memory for it, or never would be
         */
        public long reserveForTree(byte[] json) {
            if (json.length > LARGE) {
                takeTurn();
            }
            long bytes = JsonElements.of(json) * MAX_ELEMENT_BYTES;
            reserve(bytes);
            return bytes;
        }

        /** Ends the turn of the request, if it has one, so that the next large body is read. */
        public void parsed() {
            lock.lock();
            try {
                if (turn != null) {
                    turn.close();
                    turn = null;
                }
            } finally {
                lock.unlock();
            }
        }

        private void takeTurn() {
            if (hasTurn()) {
                return;
            }
            LargeBodyTurns.Turn next =
                    turns.take(session).orElseThrow(() -> new RefusedBody(RefusedBody.Reason.NO_ROOM));
            lock.lock();
            try {
                turn = next;
                if (over) {
                    parsed();
                }
            } finally {
                lock.unlock();
            }
        }

        private boolean hasTurn() {
            lock.lock();
            try {
                return turn != null;
            } finally {
                lock.unlock();
            }
        }

        /** Releases this number of bytes before the request ends, such as those of a tree that is gone. */
        public void release(long bytes) {
            lock.lock();
            try {
                releaseKilobytes((int) Math.min(taken, kilobytes(bytes)));
            } finally {
                lock.unlock();
            }
        }

        /** Returns the maximum number of kilobytes that it may reserve. */
        private int maxKilobytes() {
            return session == null ? kilobytes : kilobytes / 2;
        }

        private void reserve(long bytes) {
            if (reserveWithTurn(kilobytes(bytes))) {
                takeTurn();
            }
        }

        /** Reserves memory, and returns true if the request had a turn, which it gives up while it waits for memory. */
        private boolean reserveWithTurn(long more) {
            lock.lock();
            try {
                if (more > maxKilobytes() - taken) {
                    throw new RefusedBody(RefusedBody.Reason.OVER_SHARE);
                }
                boolean given = !fits(more) && turn != null;
                if (given) {
                    parsed();
                }
                if ((!fits(more) && !awaitRoom(more)) || over) {
                    throw new RefusedBody(RefusedBody.Reason.NO_ROOM);
                }
                add((int) more);
                return given;
            } finally {
                lock.unlock();
            }
        }

        private boolean fits(long more) {
            return more <= free && (session == null || more <= maxKilobytes() - ofSession.getOrDefault(session, 0));
        }

        /**
         * Waits a bounded time for memory and keeps what it has; requests that wait for one another are all refused in
         * the end.
         */
        private boolean awaitRoom(long more) {
            if (waiting >= MAX_WAITING) {
                return false;
            }
            waiting++;
            try {
                long left = MAX_WAIT.toNanos();
                while (!over && !fits(more) && left > 0) {
                    left = released.awaitNanos(left);
                }
                return fits(more);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waiting--;
            }
        }

        private void releaseKilobytes(int less) {
            add(-less);
            if (less > 0) {
                released.signalAll();
            }
        }

        private void add(int more) {
            taken += more;
            free -= more;
            if (session != null) {
                ofSession.merge(session, more, Integer::sum);
                ofSession.remove(session, 0);
            }
        }

        private void end() {
            lock.lock();
            try {
                over = true;
                parsed();
                releaseKilobytes(taken);
                released.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Releases what was reserved for the unused rest of a step. */
        private void releaseRest(long bytes) {
            lock.lock();
            try {
                releaseKilobytes((int) Math.min(taken, bytes / 1024));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Reads a body within its limits, and reserves memory as its bytes come. */
    private final class BoundedBody extends InputStream {

        private final InputStream body;
        private final ClientProbe client;
        private final BodyReservation held;
        private final int copies;
        private final int largest;
        private final long announced;
        private final @Nullable Long session;
        private final long deadline = System.nanoTime() + MAX_DURATION.toNanos();
        private @Nullable JsonElements elements;
        private boolean inTurns;
        private long room;
        private long read;
        private boolean refused;
        private boolean closed;

        BoundedBody(HttpServletRequest request, BodyReservation held, int copies, int largest) throws IOException {
            this.client = ClientProbe.of(request);
            this.held = held;
            this.copies = copies;
            this.largest = largest;
            this.announced = request.getContentLengthLong();
            this.session = held.session;
            this.body = request.getInputStream();
            if (session != null && reading.merge(session, 1, Integer::sum) > MAX_READ_PER_SESSION) {
                close();
                throw new RefusedBody(RefusedBody.Reason.NO_ROOM);
            }
        }

        /** Has the body wait for its turn if it is large, and counts its elements if it is to be parsed. */
        private void takeTurns(@Nullable JsonElements counted) {
            elements = counted;
            inTurns = true;
            takeTurnFor(announced);
        }

        private void takeTurnFor(long bytes) {
            if (inTurns && bytes > LARGE) {
                held.takeTurn();
            }
        }

        private void count(byte[] bytes, int offset, int length) {
            if (elements != null) {
                elements.add(bytes, offset, length);
                if (kilobytes(elements.count() * MAX_ELEMENT_BYTES) > kilobytes / PARTS_FOR_A_TREE) {
                    throw new RefusedBody(RefusedBody.Reason.TOO_MANY_ELEMENTS);
                }
            }
        }

        /**
         * Reads a refused body to its end, if that is near, and keeps nothing of it: a client that is still sending does
         * not see an answer.
         */
        private void pass(RefusedBody why) throws IOException {
            refused = true;
            if (why.reason() == RefusedBody.Reason.TOO_SLOW) {
                return;
            }
            byte[] rest = new byte[STEP_BYTES];
            int some = 0;
            for (long passed = read; some >= 0 && passed <= MAX_DRAINED_BYTES; passed += some) {
                some = readInTime(rest, 0, rest.length);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = readInTime(bytes, offset, length);
            read += Math.max(0, some);
            if (read > largest) {
                throw new RefusedBody(RefusedBody.Reason.TOO_LARGE);
            }
            takeTurnFor(read);
            count(bytes, offset, some);
            while (read > room) {
                long step = announced <= room ? STEP_BYTES : Math.min(STEP_BYTES, announced - room);
                refused = true;
                held.reserve(copies * step);
                refused = false;
                room += step;
            }
            return some;
        }

        private int readInTime(byte[] bytes, int offset, int length) throws IOException {
            int some;
            try {
                some = body.read(bytes, offset, length);
            } catch (IOException e) {
                if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
                    throw new RefusedBody(RefusedBody.Reason.TOO_SLOW);
                }
                throw e;
            }
            if (some >= 0 && System.nanoTime() - deadline > 0) {
                throw new RefusedBody(RefusedBody.Reason.TOO_SLOW);
            }
            return some;
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public void close() {
            if (!closed) {
                client.bodyRead();
                held.releaseRest(copies * (refused ? room : room - read));
            }
            if (!closed && session != null) {
                reading.computeIfPresent(Objects.requireNonNull(session), (id, count) -> count == 1 ? null : count - 1);
            }
            closed = true;
        }
    }
}
