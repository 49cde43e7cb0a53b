/**
 * How handlers run: {@link dev.switchboard.handler.Lanes} takes the events of one handler instance off the bus and runs
 * them, one socket's events in order and sockets beside each other; {@link dev.switchboard.handler.JsonHandlers} and
 * {@link dev.switchboard.handler.JsonVerbs} let handlers take part that know nothing but JSON messages.
 *
 * <p>Knows bus, session, wire, token and config. Everything lives on the context of its verticle.
 */
@NullMarked
package dev.switchboard.handler;

import org.jspecify.annotations.NullMarked;
