/** Commands that show providers and the environments they give. */
@NullMarked
package dev.katra.shell.provider;

import org.jspecify.annotations.NullMarked;
