package dev.katra.shell.semantic;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.concurrent.Threads;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.semantic.Embedder;
import dev.katra.core.semantic.EmbeddingIndex;
import dev.katra.shell.console.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Switches a home's semantic recall on and off. The home remembers that, so that the next server goes on with it. */
final class SemanticSwitch implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(SemanticSwitch.class);

    /** The longest time that a person's command waits for the load at the server's start; it takes a few seconds. */
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(30);

    private final KatraHome home;
    private final EmbeddingIndex index;
    private final List<Artifact> artifacts;
    private final @Nullable Platform platform;
    private final Function<ModelFiles, Embedder> loader;
    private final ReentrantLock switching = new ReentrantLock();
    private volatile boolean resuming;
    private volatile boolean fetching;
    private volatile @Nullable String problem;

    /**
     * Creates the switch of a home.
     *
     * @param platform null for this machine's, which is found out when semantic recall is switched on
     */
    SemanticSwitch(
            KatraHome home,
            EmbeddingIndex index,
            List<Artifact> artifacts,
            @Nullable Platform platform,
            Function<ModelFiles, Embedder> loader) {
        this.home = home;
        this.index = index;
        this.artifacts = artifacts;
        this.platform = platform;
        this.loader = loader;
    }

    /** A Phase says what semantic recall does now. */
    enum Phase {
        OFF,
        FETCHING,
        FAILED,
        LOADING,
        BUILDING,
        ON
    }

    /**
     * A Status says how far semantic recall is; its parts stand in the JSON as if they were its own fields.
     *
     * @param problem what keeps it from working; null if nothing does
     */
    record Status(
            Phase phase,
            @JsonUnwrapped Embedded embedded,
            String embedder,
            @JsonUnwrapped Stored stored,
            @Nullable String problem) {}

    /** Counts the memories, and those of them that have a vector. */
    record Embedded(long vectors, long memories) {}

    /**
     * Says where the model is.
     *
     * @param bytes its size on the disk
     */
    record Stored(long bytes, String folder) {}

    /** Loads the model in the background, if semantic recall is on in this home. */
    @Override
    public void afterSingletonsInstantiated() {
        if (Files.exists(mark())) {
            resuming = true;
            Threads.daemon("katra-semantic-start", this::resume).start();
        }
    }

    private void resume() {
        switching.lock();
        try {
            if (Files.exists(mark())) {
                load(files());
            }
        } catch (RuntimeException | LinkageError e) {
            problem = String.valueOf(e.getMessage());
            LOG.warn("semantic recall is on, and its model cannot be loaded; recall goes by words", e);
        } finally {
            switching.unlock();
            resuming = false;
        }
    }

    /**
     * Fetches the model if it is missing, loads it, and has the memories embedded from now on.
     *
     * @throws Failure UNAVAILABLE if it does not come or does not run, after which all is as before; CONFLICT if somebody
     *     else is at it; CANCELLED if the caller goes away
     */
    Status on(Caller caller) {
        lock();
        try {
            if (index.state().embedder() == null) {
                fetching = true;
                ModelFiles files;
                try {
                    files = new ModelFetch(home, artifacts, platform == null ? Platform.ofThisMachine() : platform)
                            .fetch(caller);
                } finally {
                    fetching = false;
                }
                load(files);
            }
            Files.writeString(mark(), "on\n");
            return status();
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + mark())
                    .hint(Failure.DISK)
                    .cause(e);
        } finally {
            switching.unlock();
        }
    }

    /**
     * Switches semantic recall off and gives the model's memory back. It deletes the model and its vectors from the
     * disk too, if that is wanted.
     */
    void off(boolean delete) {
        lock();
        try {
            Files.deleteIfExists(mark());
            problem = null;
            index.switchOff();
            if (delete) {
                index.deleteStored();
                ModelFetch.delete(home.semantic());
            }
        } catch (IOException e) {
            throw Failure.unavailable("cannot remove " + mark())
                    .hint(Failure.DISK)
                    .cause(e);
        } finally {
            switching.unlock();
        }
    }

    Status status() {
        EmbeddingIndex.State state = index.state();
        ModelFiles files = files();
        String failure = problem == null ? state.failure() : problem;
        return new Status(
                phase(state, failure),
                new Embedded(state.vectors(), state.memories()),
                E5Small.ID,
                new Stored(files.bytes(), files.folder().toString()),
                failure);
    }

    private Phase phase(EmbeddingIndex.State state, @Nullable String failure) {
        if (fetching) {
            return Phase.FETCHING;
        }
        if (failure != null) {
            return Phase.FAILED;
        }
        if (state.embedder() == null) {
            return Files.exists(mark()) ? Phase.LOADING : Phase.OFF;
        }
        return state.complete() ? Phase.ON : Phase.BUILDING;
    }

    private void load(ModelFiles files) {
        if (!files.isPresent()) {
            throw Failure.unavailable("the model is not in " + files.folder())
                    .hint("katra memory semantic on fetches it");
        }
        index.switchOn(loader.apply(files));
        problem = null;
    }

    /** Waits for the load at the server's start, which nobody asked for, and for nobody else. */
    private void lock() {
        if (!(resuming ? lockedWithin(RESUME_LIMIT) : switching.tryLock())) {
            throw Failure.conflict("semantic recall is being switched on by somebody else")
                    .hint("see: katra memory semantic status");
        }
    }

    private boolean lockedWithin(Duration limit) {
        try {
            return switching.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ModelFiles files() {
        return ModelFiles.of(home, artifacts);
    }

    private Path mark() {
        return home.semantic().resolve("on");
    }
}
