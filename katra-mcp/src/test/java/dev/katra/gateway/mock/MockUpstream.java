package dev.katra.gateway.mock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A vendor of models on a port of its own: Chat Completions, Responses and Messages at once. It refuses what a strict
 * vendor refuses, answers the rest as its script says, and keeps every request.
 */
public final class MockUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final String root;
    private final Script script = new Script();
    private final VendorRoutes counter;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mock-upstream");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean keeps = true;
    private volatile boolean closed;

    private MockUpstream(String root, Vendor vendor) {
        this.root = root;
        this.counter = new VendorRoutes(root, vendor, script);
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A vendor that takes any key and has any model. */
    public static MockUpstream start() {
        return start(Vendor.ANY);
    }

    /** This vendor. */
    public static MockUpstream start(Vendor vendor) {
        return start("/v1", vendor);
    }

    /** This vendor, which serves OpenAI's formats under a path such as {@code /openai/v1}. */
    public static MockUpstream start(String root, Vendor vendor) {
        var mock = new MockUpstream(root, vendor);
        mock.threads.execute(mock::accept);
        return mock;
    }

    /** Plays this vendor from now on. */
    public void vendor(Vendor vendor) {
        counter.vendor(vendor);
    }

    /** Gives these answers to the next requests, one each. */
    public MockUpstream reply(Answer... answers) {
        return replyTo(asked -> true, answers);
    }

    /** Gives these answers to the next requests that are such, one each. */
    public MockUpstream replyTo(Predicate<ModelInput> such, Answer... answers) {
        script.add(such, List.of(answers));
        return this;
    }

    /** Gives these answers to whatever has no answer otherwise; requests may come at the same time. */
    public MockUpstream answering(Function<ModelInput, Answer> answers) {
        script.rest(answers);
        return this;
    }

    /** Keeps no request from now on, so that any number may come. */
    public MockUpstream keepingNone() {
        keeps = false;
        return this;
    }

    /** The root of OpenAI's formats. */
    public String url() {
        return origin() + root;
    }

    /** The root of Anthropic's format, to which {@code /v1/messages} is added. */
    public String anthropicUrl() {
        return origin() + counter.anthropicRoot();
    }

    /** Its port on loopback. */
    public int port() {
        return server.getLocalPort();
    }

    /** Everything that came. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** What came for a model and could be read, be it taken or refused. */
    public List<ModelInput> asked() {
        return requests.stream()
                .map(RecordedRequest::asked)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Why requests were refused by the vendor; not counted are the errors of the script. */
    public List<StrictRejection> rejections() {
        return requests.stream()
                .map(RecordedRequest::rejected)
                .flatMap(Optional::stream)
                .toList();
    }

    /** How many answers of the script nobody has asked for. */
    public int unasked() {
        return script.left();
    }

    /** Fails if a request was refused by the vendor, or if the script itself failed. */
    public void assertNothingRejected() {
        for (RecordedRequest seen : requests) {
            StrictRejection rejected = seen.rejected().orElse(null);
            if (rejected != null) {
                throw new AssertionError(seen + " refused: " + rejected.error() + "\n" + seen.text(), rejected);
            }
        }
        for (Throwable defect : defects) {
            throw new AssertionError("the script failed", defect);
        }
    }

    @Override
    public void close() {
        closed = true;
        quietly(server::close);
        open.forEach(connection -> quietly(connection::close));
        threads.shutdownNow();
    }

    private String origin() {
        return "http://127.0.0.1:" + port();
    }

    private void accept() {
        int number = 0;
        while (!closed) {
            try {
                Socket socket = server.accept();
                Connection connection = new Connection(socket, ++number);
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                if (!closed) {
                    defects.add(e);
                }
            }
        }
    }

    private void serve(Connection connection) {
        try (connection) {
            for (RecordedRequest seen = connection.read(); seen != null; seen = connection.read()) {
                if (keeps) {
                    requests.add(seen);
                }
                Outcome outcome = answer(connection, seen);
                seen.ended(closed && outcome == Outcome.LEFT ? Outcome.CLOSED : outcome);
                if (outcome != Outcome.ANSWERED) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has closed it between two requests.
        } finally {
            open.remove(connection);
        }
    }

    private Outcome answer(Connection connection, RecordedRequest seen) {
        try {
            return send(connection, response(seen), seen.method().equals("HEAD"));
        } catch (Connection.Left e) {
            return Outcome.LEFT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.LEFT;
        }
    }

    private Response response(RecordedRequest seen) {
        try {
            return counter.answer(seen);
        } catch (RuntimeException | AssertionError e) {
            defects.add(e);
            return Response.of(500, "text/plain", "the script failed: " + e);
        }
    }

    private static Outcome send(Connection connection, Response response, boolean head)
            throws Connection.Left, InterruptedException {
        for (Step step : response.before()) {
            take(step, connection);
        }
        connection.begin(response.status(), response.headers(), response.length());
        if (head) {
            return Outcome.ANSWERED;
        }
        for (Step step : response.steps()) {
            if (step instanceof Step.Cut) {
                return Outcome.CUT;
            }
            take(step, connection);
        }
        connection.end();
        return Outcome.ANSWERED;
    }

    private static void take(Step step, Connection connection) throws Connection.Left, InterruptedException {
        if (step instanceof Step.Send send) {
            connection.write(send.bytes());
        } else if (step instanceof Step.Pause pause) {
            connection.await(new CountDownLatch(1), pause.time().toMillis());
        } else if (step instanceof Step.Hold hold) {
            connection.await(hold.latch(), TimeUnit.HOURS.toMillis(1));
        }
    }

    private interface Closing {
        void close() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            // It is closed, or will never be.
        }
    }
}
