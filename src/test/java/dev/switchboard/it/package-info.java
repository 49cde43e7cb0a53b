/**
 * The integration tests: a real server on a free port, its real event bus, and clients that this project did not write.
 * {@link dev.switchboard.it.TestServer} is the one side, {@link dev.switchboard.it.TestClient} the other, over each
 * {@link dev.switchboard.it.Transport}. Scenarios tagged {@code cluster} run again with a server of several nodes, and say
 * nothing of it. What does not arrive is shown by something later that does; nothing sleeps.
 */
@NullMarked
package dev.switchboard.it;

import org.jspecify.annotations.NullMarked;
