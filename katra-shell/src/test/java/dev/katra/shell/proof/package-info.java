/** Proof by the built program and the real Claude Code: nothing of ours is replaced but the model. */
@NullMarked
package dev.katra.shell.proof;

import org.jspecify.annotations.NullMarked;
