package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads ONNX Runtime in a class loader of its own, and calls it by reflection: compiling against it would make every
 * build fetch its 42 MB. It stays loaded, because native libraries can be loaded once and are unloaded when the garbage
 * collector pleases; most of its memory is in its {@link Session}s.
 */
final class OnnxRuntime {

    private static @Nullable OnnxRuntime loaded;

    private final ClassLoader classes;
    private final Object environment;

    private OnnxRuntime(ModelFiles files) throws ReflectiveOperationException, MalformedURLException {
        // Where it looks for its libraries, rather than unpacking them from its jar at every start.
        System.setProperty("onnxruntime.native.path", files.folder().toString());
        URL[] jar = {files.runtime().toUri().toURL()};
        classes = new URLClassLoader("onnxruntime", jar, ClassLoader.getPlatformClassLoader());
        Class<?> level = type("OrtLoggingLevel");
        environment = call(
                type("OrtEnvironment").getMethod("getEnvironment", level, String.class),
                null,
                level.getField("ORT_LOGGING_LEVEL_FATAL").get(null),
                "katra");
    }

    /**
     * Returns the runtime of this process, which is loaded from these files if this is the first call.
     *
     * @throws Failure UNAVAILABLE if its libraries do not run on this machine
     */
    static synchronized OnnxRuntime of(ModelFiles files) {
        if (loaded == null) {
            try {
                loaded = new OnnxRuntime(files);
            } catch (ReflectiveOperationException | MalformedURLException | RuntimeException | LinkageError e) {
                throw Failure.unavailable("the model's runtime does not run on this machine: " + reason(e))
                        .hint("recall goes by words; semantic recall needs a Linux with glibc 2.28 or newer, or macOS")
                        .cause(e);
            }
        }
        return loaded;
    }

    /** Loads a model, which takes one text at a time and one thread a text. */
    Session open(ModelFiles files) throws ReflectiveOperationException {
        Class<?> type = type("OrtSession$SessionOptions");
        try (AutoCloseable options = (AutoCloseable) type.getConstructor().newInstance()) {
            call(type.getMethod("setIntraOpNumThreads", int.class), options, 1);
            call(type.getMethod("setInterOpNumThreads", int.class), options, 1);
            Object session = call(
                    environment.getClass().getMethod("createSession", String.class, type),
                    environment,
                    files.model().toString(),
                    options);
            return new Session(session);
        } catch (ReflectiveOperationException e) {
            throw e;
        } catch (Exception e) {
            throw new ReflectiveOperationException(e);
        }
    }

    /** A Session is a loaded model. */
    final class Session implements AutoCloseable {

        private final Object session;
        private final Method run;
        private final Method create;

        private Session(Object session) throws ReflectiveOperationException {
            this.session = session;
            this.run = session.getClass().getMethod("run", Map.class);
            this.create = type("OnnxTensor")
                    .getMethod("createTensor", type("OrtEnvironment"), LongBuffer.class, long[].class);
        }

        /** Returns the model's first output for a text's token ids: one vector an id, one after the other. */
        FloatBuffer run(long[] ids) {
            long[] ones = new long[ids.length];
            java.util.Arrays.fill(ones, 1);
            try (AutoCloseable input = tensor(ids);
                    AutoCloseable mask = tensor(ones);
                    AutoCloseable types = tensor(new long[ids.length]);
                    AutoCloseable result = (AutoCloseable) call(
                            run,
                            session,
                            Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
                Object first = call(result.getClass().getMethod("get", int.class), result, 0);
                return (FloatBuffer) call(first.getClass().getMethod("getFloatBuffer"), first);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("the model failed: " + reason(e), e);
            }
        }

        private AutoCloseable tensor(long[] values) throws ReflectiveOperationException {
            return (AutoCloseable)
                    call(create, null, environment, LongBuffer.wrap(values), new long[] {1, values.length});
        }

        @Override
        public void close() {
            try {
                call(session.getClass().getMethod("close"), session);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the model cannot be closed: " + reason(e), e);
            }
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return classes.loadClass("ai.onnxruntime." + name);
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments)
            throws ReflectiveOperationException {
        // What a void method returns is of no use to anybody.
        return Objects.requireNonNullElse(method.invoke(target, arguments), Map.of());
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null
                && (root instanceof InvocationTargetException
                        || root instanceof ExceptionInInitializerError
                        || root.getMessage() == null)) {
            root = root.getCause();
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }
}
