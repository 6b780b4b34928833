package dev.katra.demo;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Registers the beans of this package and of those below it. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class DemoConfiguration {}
