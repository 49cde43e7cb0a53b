/**
 * For tests of handlers: a {@link dev.switchboard.testkit.TestNode} runs them as a node does, by the same configuration, and
 * {@link dev.switchboard.testkit.TestClient}s connect to it within the JVM. {@link
 * dev.switchboard.testkit.SwitchboardExtension} does so for JUnit 5.
 *
 * <p>What is tested is the real thing: hub, middleware, lanes, dispatch, limits and outboxes are those of a node that
 * serves; only the bytes below are replaced. Everything here is for the thread of the test, unless it says otherwise, and
 * blocks it until what was asked for is there or a deadline has passed. Nothing else knows this package, and JUnit is not
 * in the jar.
 */
@NullMarked
package dev.switchboard.testkit;

import org.jspecify.annotations.NullMarked;
