package dev.katra.mcp.server;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that something answers here. It is open to anyone and proves nothing. */
@RestController
public class HealthEndpoint {

    /** The answer. */
    public record Health(String status) {}

    /** Always up, if it answers at all. */
    @GetMapping("/health")
    public Health health() {
        return new Health("up");
    }
}
