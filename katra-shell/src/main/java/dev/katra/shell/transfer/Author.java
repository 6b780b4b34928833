package dev.katra.shell.transfer;

/** Whose the memories are that name nobody. */
record Author(String name, boolean human) {}
