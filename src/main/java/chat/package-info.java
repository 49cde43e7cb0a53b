/**
 * The chat that the server shows on its first page: an example of an application. Its browser side stands in
 * {@code webroot}, its configuration in {@code conf/chat.json}.
 *
 * <p>Uses the public API only; nothing else knows it. {@link chat.ChatHandler} runs on worker threads.
 */
@NullMarked
package chat;

import org.jspecify.annotations.NullMarked;
