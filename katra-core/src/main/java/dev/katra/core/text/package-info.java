/** Texts: what may be stored as text, and how texts and times are read and shown in few words. */
@NullMarked
package dev.katra.core.text;

import org.jspecify.annotations.NullMarked;
