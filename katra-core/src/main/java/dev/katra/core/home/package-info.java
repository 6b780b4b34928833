/** The home: the folder in which Katra keeps everything that it knows. */
@NullMarked
package dev.katra.core.home;

import org.jspecify.annotations.NullMarked;
