package dev.katra.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySelectionTests {

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, proxy.example.com:3128",
        "https://intern.example.com/v1, DIRECT",
        "https://models.corp/v1, DIRECT",
        "https://xmodels.corp/v1, proxy.example.com:3128",
        "https://a.models.corp/v1, DIRECT",
        "http://127.0.0.1:8080/v1, DIRECT",
        "http://localhost:1234/v1, DIRECT",
        "http://[::1]:1234/v1, DIRECT",
    })
    void sendsByTheProxyWhatIsElsewhereAndNotExcepted(URI uri, String way) {
        ProxySelector selector = ProxySelection.of("http://proxy.example.com:3128", " .example.com, models.corp");
        assertThat(selector.select(uri)).singleElement().satisfies(proxy -> assertThat(said(proxy))
                .isEqualTo(way));
    }

    @Test
    void takesAnAddressWithoutAScheme() {
        assertThat(said(ProxySelection.of("proxy:99", "")
                        .select(URI.create("https://a"))
                        .get(0)))
                .isEqualTo("proxy:99");
    }

    @Test
    void usesNoProxyUnlessToldTo() {
        assertThat(ProxySelection.of(" ", "").select(URI.create("https://a"))).isEqualTo(List.of(Proxy.NO_PROXY));
        assertThat(ProxySelection.of("proxy:99", "*").select(URI.create("https://a")))
                .isEqualTo(List.of(Proxy.NO_PROXY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://:99",
                "http://my_proxy:99",
                "socks5://127.0.0.1:1080",
                "http://ann:secret@p:99",
                "http://a b"
            })
    void refusesWhatItCannotUseWithoutRepeatingIt(String address) {
        assertThat(ProxySelection.accepts(address)).isFalse();
        assertThatThrownBy(() -> ProxySelection.of(address, ""))
                .hasMessageContaining("http://host:port")
                .hasMessageNotContaining(address);
    }

    private static String said(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "DIRECT";
    }
}
