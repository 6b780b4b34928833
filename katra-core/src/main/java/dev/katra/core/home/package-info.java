/** The folder in which Katra keeps everything it knows. */
@NullMarked
package dev.katra.core.home;

import org.jspecify.annotations.NullMarked;
