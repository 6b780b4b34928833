package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetchTests {

    @TempDir
    Path folder;

    private final TestRepository repository = new TestRepository();
    private KatraHome home;
    private TestCaller caller;

    @BeforeEach
    void open() {
        home = new KatraHome(folder.resolve("home")).create();
        caller = TestCaller.of()
                .variable("HOME", folder.resolve("user").toString())
                .variable(MavenRepository.VARIABLE, repository.address() + "/");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void takesOutOfBothJarsWhatIsUsedAndNoMore() throws IOException {
        ModelFiles files = fetch();
        assertThat(files.model()).hasContent("weights");
        assertThat(files.tokenizer()).hasContent("{}");
        assertThat(files.folder().resolve("libonnxruntime.so")).hasContent("library");
        assertThat(files.folder().resolve("libonnxruntime4j_jni.so")).hasContent("binding");
        try (ZipFile classes = new ZipFile(files.runtime().toFile())) {
            assertThat(classes.stream().map(Object::toString)).containsExactly("ai/onnxruntime/OrtSession.class");
        }
        assertThat(list(files.folder())).hasSize(5);
        assertThat(list(home.semantic())).containsExactly(files.folder());
        assertThat(repository.asked())
                .containsExactly(
                        "/maven2/org/example/model/model/1.0/model-1.0.jar",
                        "/maven2/org/example/runtime/1.0/runtime-1.0.jar");
        assertThat(caller.err())
                .contains("katra: fetching model-1.0.jar (0 MB) from " + repository.address() + "\n")
                .contains("100 %");
        assertThat(caller.out()).isEmpty();
    }

    @Test
    void fetchesOnce() {
        assertThat(fetch()).isEqualTo(fetch());
        assertThat(repository.asked()).hasSize(2);
    }

    @Test
    void takesFromTheLocalRepositoryWhatIsRightThere() throws IOException {
        Path local = folder.resolve("user/.m2/repository");
        repository.install(0, local);
        repository.install(1, local);
        Files.writeString(local.resolve(repository.artifacts().get(1).path()), "cut");
        assertThat(fetch().model()).hasContent("weights");
        assertThat(repository.asked()).containsExactly("/maven2/org/example/runtime/1.0/runtime-1.0.jar");
        assertThat(caller.err()).contains("katra: taking model-1.0.jar from " + local);
    }

    @Test
    void needsNoNetworkWithBothAtHand() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        repository.install(0, elsewhere);
        repository.install(1, elsewhere);
        settings("<settings><localRepository>" + elsewhere + "</localRepository></settings>");
        repository.close();
        assertThat(fetch().isPresent()).isTrue();
    }

    @Test
    void goesToTheMirrorOfMavensSettings() throws IOException {
        settings("<settings><mirrors><mirror><mirrorOf>central</mirrorOf><url>" + repository.address()
                + "</url></mirror></mirrors></settings>");
        caller.variable(MavenRepository.VARIABLE, "");
        assertThat(fetch().isPresent()).isTrue();
        assertThat(repository.asked()).hasSize(2);
    }

    @Test
    void goesByTheCallersProxy() {
        caller.variable(MavenRepository.VARIABLE, "http://central.invalid/maven2")
                .variable("HTTPS_PROXY", repository.address().replace("/maven2", ""));
        assertThat(fetch().isPresent()).isTrue();
        assertThat(repository.asked()).allMatch(uri -> uri.startsWith("http://central.invalid/maven2/"));
    }

    @Test
    void refusesAProxyWithAPasswordWithoutRepeatingIt() {
        caller.variable("HTTPS_PROXY", "http://me:hunter2@proxy.example:3128");
        assertThat(refused(Failure.Code.INVALID)).hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesAFileThatIsNotTheOneThatIsKnown() throws IOException {
        repository.answers((exchange, jar) -> {
            byte[] other = jar.clone();
            other[other.length / 2] ^= 1;
            TestRepository.whole(exchange, other);
        });
        Failure failure = refused(Failure.Code.UNAVAILABLE);
        assertThat(failure)
                .hasMessage("model-1.0.jar from " + repository.address()
                        + " is not the file that this Katra knows (its SHA-256 differs); it was thrown away");
        assertThat(failure.hint().orElseThrow()).contains(MavenRepository.VARIABLE);
    }

    @Test
    void refusesMoreThanTheFileHas() throws IOException {
        repository.answers(
                (exchange, jar) -> TestRepository.whole(exchange, Arrays.copyOf(jar, jar.length + 1_000_000)));
        assertThat(refused(Failure.Code.UNAVAILABLE)).hasMessageContaining("SHA-256");
    }

    @Test
    void saysWhatAMirrorWithoutTheFileAnswers() throws IOException {
        repository.answers((exchange, jar) -> exchange.sendResponseHeaders(404, -1));
        Failure failure = refused(Failure.Code.UNAVAILABLE);
        assertThat(failure).hasMessage("cannot fetch model-1.0.jar from " + repository.address() + ": it answers 404");
        assertThat(failure.hint().orElseThrow())
                .contains(
                        "HTTPS_PROXY",
                        MavenRepository.VARIABLE,
                        "org.example.model:model:1.0",
                        "katra memory semantic on");
    }

    @Test
    void takesNoPageForAFile() throws IOException {
        repository.answers((exchange, jar) -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            TestRepository.whole(exchange, "<html>please sign in</html>".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(refused(Failure.Code.UNAVAILABLE)).hasMessageContaining("a page of text, not with the file");
    }

    @Test
    void leavesNothingOfWhatIsInterrupted() throws IOException {
        repository.answers((exchange, jar) -> {
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar, 0, jar.length / 2);
            exchange.getResponseBody().flush();
        });
        assertThat(refused(Failure.Code.UNAVAILABLE)).hasMessageContaining("cannot fetch model-1.0.jar");
        repository.answers(TestRepository::whole);
        assertThat(fetch().isPresent()).isTrue();
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        repository.close();
        assertThat(refused(Failure.Code.UNAVAILABLE)).hasMessageContaining("Connection refused");
        caller.variable(MavenRepository.VARIABLE, "https://no-such-host.invalid/maven2");
        assertThat(refused(Failure.Code.UNAVAILABLE)).hasMessageContaining("unknown host no-such-host.invalid");
    }

    @Test
    void endsWhenItsCallerIsGone() throws IOException {
        Caller here = caller.caller();
        Caller gone = here.disconnectedWhen(() -> true);
        Failure failure = catchThrowableOfType(Failure.class, () -> fetching().fetch(gone));
        assertThat(failure.code()).isEqualTo(Failure.Code.CANCELLED);
        assertThat(list(home.semantic())).isEmpty();
    }

    @Test
    void sweepsWhatAKilledOneHasLeft() throws IOException {
        Path left = home.semantic().resolve(".fetching-123/ready");
        Files.createDirectories(left);
        Files.writeString(left.resolve("model.onnx"), "half");
        ModelFiles files = fetch();
        assertThat(list(home.semantic())).containsExactly(files.folder());
    }

    @Test
    void refusesAnAddressThatIsNone() {
        caller.variable(MavenRepository.VARIABLE, "file:///tmp");
        refused(Failure.Code.INVALID);
    }

    private Failure refused(Failure.Code code) {
        Failure failure = catchThrowableOfType(Failure.class, this::fetch);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.hint()).isPresent();
        assertThat(list(home.semantic())).isEmpty();
        return failure;
    }

    private ModelFiles fetch() {
        return fetching().fetch(caller.caller());
    }

    private ModelFetch fetching() {
        return new ModelFetch(home, repository.artifacts(), TestRepository.PLATFORM);
    }

    private void settings(String xml) throws IOException {
        Path file = folder.resolve("user/.m2/settings.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
    }

    private static List<Path> list(Path of) {
        try (Stream<Path> files = Files.list(of)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
