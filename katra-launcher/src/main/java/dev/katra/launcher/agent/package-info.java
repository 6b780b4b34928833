/** Says what the launcher needs of an agent, the program that a session runs. */
@NullMarked
package dev.katra.launcher.agent;

import org.jspecify.annotations.NullMarked;
