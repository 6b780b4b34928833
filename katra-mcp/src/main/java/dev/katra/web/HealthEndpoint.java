package dev.katra.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that something answers here. It is open to anyone and proves nothing. */
@RestController
public class HealthEndpoint {

    /** Holds the answer. */
    public record Health(String status) {}

    /** Returns "up", always. */
    @GetMapping("/health")
    public Health health() {
        return new Health("up");
    }
}
