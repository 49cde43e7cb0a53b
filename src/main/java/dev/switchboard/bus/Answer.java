package dev.switchboard.bus;

import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What one of many answered.
 *
 * @param from the id of the socket, or of the node
 * @param data absent when there is none, or when it failed
 * @param failure what it answered instead, or why it did not answer; null when it did
 */
public record Answer(String from, Payload data, @Nullable Failure failure) {}
