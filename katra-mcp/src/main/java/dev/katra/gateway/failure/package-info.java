/** This package translates what an endpoint refused or broke into errors of the Messages API. */
@NullMarked
package dev.katra.gateway.failure;

import org.jspecify.annotations.NullMarked;
