/**
 * The peer-to-peer example of the egg-socket.io document: rooms that exist or not, who is online, and private messages.
 * Its browser side stands in {@code webroot/egg-p2p}, its configuration in {@code conf/egg-p2p.json}.
 *
 * <p>Uses the public API only; nothing else knows it. Handler and middleware run on worker threads.
 */
@NullMarked
package eggp2p;

import org.jspecify.annotations.NullMarked;
