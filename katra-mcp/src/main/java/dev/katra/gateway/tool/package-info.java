/** This package translates tools between the two formats: names, call ids, schemas and arguments. */
@NullMarked
package dev.katra.gateway.tool;

import org.jspecify.annotations.NullMarked;
