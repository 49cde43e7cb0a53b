/**
 * The suite of Engine.IO and Socket.IO, written from the documents of both protocols: what is demanded there has a test
 * here. It runs against a server of this project, or against whatever {@code -Dsocketio.against} names.
 */
package dev.switchboard.transport.socketio;
