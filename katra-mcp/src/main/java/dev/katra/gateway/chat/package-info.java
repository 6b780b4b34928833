/** This package translates to and from the Chat Completions API: request bodies, streams and whole answers. */
@NullMarked
package dev.katra.gateway.chat;

import org.jspecify.annotations.NullMarked;
