import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Prints a port of 127.0.0.1 that nobody listens on. */
final class FreePort {

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            System.out.println(probe.getLocalPort());
        }
    }
}
