package dev.katra.gateway;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Registers the beans of this package and of those below it. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class GatewayConfiguration {}
