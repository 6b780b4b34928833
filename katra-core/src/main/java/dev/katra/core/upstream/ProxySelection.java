package dev.katra.core.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Selects the proxy for an address: every host is reached by the proxy, except those on this machine and the listed
 * exceptions.
 */
public final class ProxySelection extends ProxySelector {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Proxy proxy;
    private final List<String> exceptions;

    private ProxySelection(Proxy proxy, List<String> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /**
     * Returns a selector for a proxy such as {@code http://proxy.example.com:3128}, or one without a proxy for an empty
     * address. Exceptions are hosts and domains as in {@code NO_PROXY}, separated by commas; {@code *} stands for all.
     */
    public static ProxySelector of(String address, String exceptions) {
        if (address.isBlank()) {
            return ProxySelector.of(null);
        }
        if (!accepts(address)) {
            throw new IllegalArgumentException(
                    "the proxy must be written http://host:port, without a user name and a password");
        }
        URI uri = uri(address);
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return new ProxySelection(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port)),
                Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList());
    }

    /** Returns whether this is the address of a usable proxy: an HTTP proxy that wants no user name and password. */
    public static boolean accepts(String address) {
        try {
            URI uri = uri(address);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static URI uri(String address) {
        return URI.create(address.contains("://") ? address.strip() : "http://" + address.strip());
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean direct = HERE.contains(host) || exceptions.stream().anyMatch(exception -> covers(exception, host));
        return List.of(direct ? Proxy.NO_PROXY : proxy);
    }

    private static boolean covers(String exception, String host) {
        String domain = exception.startsWith("*.")
                ? exception.substring(2)
                : exception.startsWith(".") ? exception.substring(1) : exception;
        return exception.equals("*") || host.equals(domain) || host.endsWith("." + domain);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException reason) {}
}
