/** The embedding model of semantic recall: fetched on request, loaded while it is on. */
@NullMarked
package dev.katra.shell.semantic;

import org.jspecify.annotations.NullMarked;
