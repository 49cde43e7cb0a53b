package dev.switchboard.transport.socketio;

import dev.switchboard.transport.websocket.WebSocketLine;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;

/** A WebSocket that carries a session, or wants to. On the event loop of the session. */
interface Line {
    /** Whether it takes more just now; when it does so again the session is told. */
    boolean writable();

    void write(Frame frame);

    /** Stops reading; a little may still come. */
    void pause();

    void resume();

    /** Ends it after what was written. */
    void close(CloseReason reason);

    /** Ends it at once. */
    void abort();

    /** One of the session's own event loop, which tells the session what comes. */
    static Line near(WebSocketLine webSocket, Session session) {
        Near line = new Near(webSocket);
        webSocket.serve(new Told(line, session));
        return line;
    }

    /** What it is by itself. */
    record Near(WebSocketLine webSocket) implements Line {
        @Override
        public boolean writable() {
            return webSocket.writable();
        }

        @Override
        public void write(Frame frame) {
            webSocket.write(frame);
        }

        @Override
        public void pause() {
            webSocket.pause();
        }

        @Override
        public void resume() {
            webSocket.resume();
        }

        @Override
        public void close(CloseReason reason) {
            webSocket.close(reason);
        }

        @Override
        public void abort() {
            webSocket.abort();
        }
    }

    /** The session is told of what happens on the line. */
    record Told(Line line, Session session) implements WebSocketLine.Listener {
        @Override
        public void message(byte[] message, boolean binary) {
            session.carrier().message(line, message, binary);
        }

        @Override
        public void drained() {
            session.carrier().drained(line);
        }

        @Override
        public void heard() {
            // What counts are pings of Engine.IO.
        }

        @Override
        public void violated(CloseReason reason) {
            session.carrier().violated(line, reason);
        }

        @Override
        public void closed(CloseReason reason) {
            session.carrier().closed(line, reason);
        }
    }
}
