/**
 * The client for the JVM: services that talk to a Switchboard server as browsers do, with the verbs of {@code
 * switchboard.js}. {@link dev.switchboard.client.SwitchboardClient} is all that an application needs, with {@link
 * dev.switchboard.client.SwitchboardClientOptions} and {@link dev.switchboard.client.BackOff}.
 *
 * <p>Knows wire, and no other package; no other package knows it, and no server is needed in its JVM. Each client lives on
 * one Vert.x context.
 */
@NullMarked
package dev.switchboard.client;

import org.jspecify.annotations.NullMarked;
