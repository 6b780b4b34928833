package dev.katra.shell.transfer;

/** The default author owns the memories that name no author. */
record DefaultAuthor(String name, boolean human) {}
