package dev.katra.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class HomeIdentityTests {

    @TempDir
    Path folder;

    private KatraHome home = new KatraHome(Path.of("/nowhere"));

    @BeforeEach
    void serve() {
        home = new KatraHome(folder.resolve("home"));
        KatraHome.privateFolder(home.root());
        HomeIdentity.claim(home);
    }

    @Test
    void aHomeIsItsOwn() throws IOException {
        HomeIdentity.claim(home);

        assertThat(HomeIdentity.original(home)).isEmpty();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.root().resolve("identity"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aCopyKnowsItsOriginalUntilItIsAHomeOfItsOwn() throws IOException {
        KatraHome copy = copy("copy");

        assertThat(HomeIdentity.original(copy)).contains(home.root().toRealPath());
        HomeIdentity.claim(copy);
        assertThat(HomeIdentity.original(copy)).isEmpty();
        assertThat(HomeIdentity.original(home)).isEmpty();
    }

    @Test
    void aMovedHomeIsNoCopyEvenIfAnotherTakesItsPlace() throws IOException {
        KatraHome moved = new KatraHome(Files.move(home.root(), folder.resolve("moved")));
        assertThat(HomeIdentity.original(moved)).isEmpty();

        KatraHome.privateFolder(home.root());
        HomeIdentity.claim(home);
        assertThat(HomeIdentity.original(moved)).isEmpty();
        HomeIdentity.claim(moved);
        assertThat(HomeIdentity.original(copyOf(moved, "copy")))
                .contains(moved.root().toRealPath());
    }

    @Test
    void anotherNameOfTheSameHomeIsNoCopy() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.root());

        assertThat(HomeIdentity.original(new KatraHome(link))).isEmpty();
    }

    @Test
    void aCopyWhoseOriginalIsGoneGoesOnAsTheHome() throws IOException {
        KatraHome copy = copy("copy");
        FileSystemUtils.deleteRecursively(home.root());

        assertThat(HomeIdentity.original(copy)).isEmpty();
    }

    /** A folder in its place cannot be read, as no file can when no more may be open. */
    @Test
    void anIdentityThatCannotBeReadIsNotReplaced() throws IOException {
        KatraHome copy = copy("copy");
        Path identity = home.root().resolve("identity");
        String before = Files.readString(identity);
        for (Path unreadable : List.of(identity, copy.root().resolve("identity"))) {
            String content = Files.readString(unreadable);
            Files.delete(unreadable);
            Files.createDirectory(unreadable);

            assertThatThrownBy(() -> HomeIdentity.original(copy))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("cannot read " + unreadable.toRealPath());
            Files.delete(unreadable);
            Files.writeString(unreadable, content);
        }
        Files.delete(identity);
        Files.createDirectory(identity);
        assertThatThrownBy(() -> HomeIdentity.claim(home)).isInstanceOf(Failure.class);
        Files.delete(identity);
        Files.writeString(identity, before);
        assertThat(HomeIdentity.original(copy)).contains(home.root().toRealPath());
    }

    @Test
    void somethingElseInItsPlaceIsReplaced() throws IOException {
        Path identity = home.root().resolve("identity");
        Files.write(identity, new byte[] {(byte) 0xff, '\n', 'x'});

        HomeIdentity.claim(home);

        assertThat(identity).content().contains(home.root().toRealPath().toString());
    }

    private KatraHome copy(String name) throws IOException {
        return copyOf(home, name);
    }

    private KatraHome copyOf(KatraHome from, String name) throws IOException {
        Path to = folder.resolve(name);
        FileSystemUtils.copyRecursively(from.root(), to);
        return new KatraHome(to);
    }
}
