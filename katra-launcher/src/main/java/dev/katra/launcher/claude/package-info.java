/** Knows the Claude Code client: where it is, the files and arguments it is given, and the dialogs it may stop at. */
@NullMarked
package dev.katra.launcher.claude;

import org.jspecify.annotations.NullMarked;
