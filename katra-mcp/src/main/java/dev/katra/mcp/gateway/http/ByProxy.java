package dev.katra.mcp.gateway.http;

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

/** Which endpoints are reached by a proxy: all but those on this machine and those that are excepted. */
public final class ByProxy extends ProxySelector {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Proxy proxy;
    private final List<String> exceptions;

    private ByProxy(Proxy proxy, List<String> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /**
     * By the proxy of an address such as {@code http://proxy.example.com:3128}, or none for an empty one. Exceptions are
     * hosts and domains as in {@code NO_PROXY}, separated by commas; {@code *} is all.
     */
    public static ProxySelector of(String address, String exceptions) {
        if (address.isBlank()) {
            return ProxySelector.of(null);
        }
        if (!accepts(address)) {
            throw new IllegalArgumentException(
                    "the proxy is not written http://host:port, without a name and a password");
        }
        URI uri = uri(address);
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return new ByProxy(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port)),
                Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList());
    }

    /** Whether this is the address of a proxy that can be used: an HTTP proxy that wants no name and password. */
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
