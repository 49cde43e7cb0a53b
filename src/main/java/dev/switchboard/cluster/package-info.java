/**
 * Makes nodes one: who is a member (Hazelcast), what the nodes tell each other over the event bus, who is where.
 *
 * <p>Knows bus, wire, token and config; the only room with Hazelcast's types. Everything here may be used on any thread
 * and nothing blocks the caller.
 */
@NullMarked
package dev.switchboard.cluster;

import org.jspecify.annotations.NullMarked;
