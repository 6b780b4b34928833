/** Tests of the documents themselves. */
@NullMarked
package dev.katra.shell.docs;

import org.jspecify.annotations.NullMarked;
