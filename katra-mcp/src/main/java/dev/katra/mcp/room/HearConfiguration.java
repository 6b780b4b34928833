package dev.katra.mcp.room;

import dev.katra.core.room.RoomService;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Puts the filter of waiting calls right in front of the MCP servlet. */
@Configuration(proxyBeanMethods = false)
class HearConfiguration {

    @Bean
    FilterRegistrationBean<HearFilter> hearFilter(RoomService room, HeldHears held, JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new HearFilter(room, held, json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        registration.addUrlPatterns("/mcp");
        return registration;
    }
}
