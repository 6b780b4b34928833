import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the disk asks for a durable write: 4 kB over what a file has already, then fsync. */
final class Fsync implements Action, AutoCloseable {

    private static final int BYTES = 4096;
    private static final int PAGES = 1024;

    private final FileChannel file;
    private final ByteBuffer page = ByteBuffer.allocateDirect(BYTES);
    private int next;

    Fsync(Path folder) throws IOException {
        file = FileChannel.open(
                folder.resolve("fsync-probe"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        for (int i = 0; i < PAGES; i++) {
            write(i);
        }
        file.force(true);
    }

    @Override
    public long nanos() throws IOException {
        long start = System.nanoTime();
        write(next++ % PAGES);
        file.force(true);
        return System.nanoTime() - start;
    }

    private void write(int at) throws IOException {
        page.clear();
        page.putInt(0, next + at);
        while (page.hasRemaining()) {
            file.write(page, (long) at * BYTES + page.position());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
