/**
 * The chat of the egg-socket.io document: middleware around connections and packets, a room in {@code /}, a controller in
 * {@code /chat}. Its browser side stands in {@code webroot/egg-chat}, its configuration in {@code conf/egg-chat.json}.
 *
 * <p>Uses the public API only; nothing else knows it. Handlers and middleware run on worker threads, {@link
 * eggchat.LogInRoutes} on the event loops.
 */
@NullMarked
package eggchat;

import org.jspecify.annotations.NullMarked;
