/**
 * A dialogue over a plain WebSocket without any envelope, as the bare {@code ws} package of Node.js has it. Its clients,
 * a page and a script, stand in {@code webroot/ws-dialogue}, its configuration in {@code conf/ws-dialogue.json}.
 *
 * <p>Uses the public API only; nothing else knows it. {@link dialogue.DialogueHandler} runs on an event loop.
 */
@NullMarked
package dialogue;

import org.jspecify.annotations.NullMarked;
