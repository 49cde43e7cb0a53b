/**
 * The chat demo of ThinkJS 2, with its event names and with those of socket.io's own chat example, which it renames. Its
 * browser side stands in {@code webroot/thinkjs2-chat}, its configuration in {@code conf/thinkjs2-chat.json}.
 *
 * <p>Uses the public API only; nothing else knows it. {@link thinkjs2.ChatHandler} runs on worker threads.
 */
@NullMarked
package thinkjs2;

import org.jspecify.annotations.NullMarked;
