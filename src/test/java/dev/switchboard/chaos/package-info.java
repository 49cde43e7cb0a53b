/** Real nodes that are killed, paused, cut off and restarted under a crowd that counts what it hears. */
package dev.switchboard.chaos;
