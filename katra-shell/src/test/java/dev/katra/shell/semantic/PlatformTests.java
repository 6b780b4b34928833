package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTests {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, ai/onnxruntime/native/linux-x64/libonnxruntime.so",
        "Linux, aarch64, ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
        "Mac OS X, aarch64, ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib"
    })
    void knowsItsLibraries(String system, String processor, String entry) {
        assertThat(Platform.of(system, processor).entry("onnxruntime")).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({"Mac OS X, x86_64", "Linux, riscv64", "FreeBSD, amd64"})
    void refusesAMachineForWhichThereAreNone(String system, String processor) {
        assertThatThrownBy(() -> Platform.of(system, processor))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(system)
                .hasMessageContaining(processor);
    }
}
