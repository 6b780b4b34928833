package dev.katra.mcp.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.room.RoomService;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the filter that holds waiting calls, directly in front of the MCP servlet. */
@Configuration(proxyBeanMethods = false)
class HearConfiguration {

    @Bean
    FilterRegistrationBean<HearFilter> hearFilter(RoomService room, WaitingHearCalls held) {
        var registration = new FilterRegistrationBean<>(new HearFilter(room, held));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        registration.addUrlPatterns(SessionContract.MCP_PATH);
        return registration;
    }
}
