/** Runs the demonstration: three scripted sessions that talk. */
@NullMarked
package dev.katra.shell.demo;

import org.jspecify.annotations.NullMarked;
