/** What Katra says and keeps: the domain and its store, without a terminal, the web or a process. */
@NullMarked
package dev.katra.core;

import org.jspecify.annotations.NullMarked;
