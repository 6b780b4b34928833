package dev.katra.core.backup;

import java.time.Instant;

/**
 * Describes a backup; it is written into the backup as a properties file.
 *
 * @param program the version of the program that wrote the backup
 * @param schema the version of the schema of its database
 * @param madeAt the moment at which the home had this state
 */
public record BackupManifest(String program, int schema, Instant madeAt, long personas, long messages, long memories) {}
