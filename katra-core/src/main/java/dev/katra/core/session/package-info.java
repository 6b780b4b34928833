/** Sessions: runs of an agent under a persona, from claim to end. */
@NullMarked
package dev.katra.core.session;

import org.jspecify.annotations.NullMarked;
