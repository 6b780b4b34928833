/** Commands that say what this Katra is and whether it can work here. */
@NullMarked
package dev.katra.shell.doctor;

import org.jspecify.annotations.NullMarked;
