/**
 * The chat room of the Koa document, in texts over a plain WebSocket. Its browser side stands in {@code webroot/koa-room};
 * {@code conf/koa-room.json} has page tokens, {@code conf/koa-room-cookie.json} the cookie of the original.
 *
 * <p>Uses the public API only; nothing else knows it. Handler and middleware run on worker threads, {@link
 * koaroom.RoomRoutes} on the event loops.
 */
@NullMarked
package koaroom;

import org.jspecify.annotations.NullMarked;
