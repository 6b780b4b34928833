/** Threads: how they are made and ended, and how one waits for news on another. */
@NullMarked
package dev.katra.core.concurrent;

import org.jspecify.annotations.NullMarked;
