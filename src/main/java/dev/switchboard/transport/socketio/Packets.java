package dev.switchboard.transport.socketio;

import dev.switchboard.transport.polling.Intake;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.PacketException;
import java.util.List;
import java.util.function.Consumer;

/** What a client sends, by whatever way, taken in its order; and whether it still beats. On the session's event loop. */
final class Packets {
    private final Session session;
    private final Namespaces namespaces;
    private final Heartbeat heartbeat;
    private final Intake<EnginePacket> intake;

    /** @param most bytes of packets that may wait, beside those of one request */
    Packets(Session session, Namespaces namespaces, Heartbeat heartbeat, long most) {
        this.session = session;
        this.namespaces = namespaces;
        this.heartbeat = heartbeat;
        this.intake = new Intake<>(this::take, packet -> packet.data().length, most);
    }

    /**
     * A request brings some.
     *
     * @param answer told once: true when all are taken, false when none will be because too much waits
     */
    void add(List<EnginePacket> packets, Consumer<Boolean> answer) {
        intake.add(packets, answer);
    }

    /** A WebSocket brings one. */
    void add(EnginePacket packet) {
        intake.add(packet);
    }

    private void take(EnginePacket packet) {
        if (session.isEnding()) {
            return;
        }
        try {
            switch (packet.type()) {
                case MESSAGE -> namespaces.take(packet.data(), packet.isBinary());
                case CLOSE -> session.left();
                case PING, PONG -> beat(packet);
                case OPEN, UPGRADE, NOOP -> {
                    // Nothing is asked for by them here.
                }
            }
        } catch (PacketException e) {
            session.violated(e.reason());
        }
    }

    private void beat(EnginePacket packet) throws PacketException {
        heartbeat.heard(packet.type(), Session.now());
        if (packet.type() == PacketType.PING) {
            session.write(packet.pong());
        }
    }

    /** Looks whether the client is still there; whom nobody reads cannot show it. */
    void tick(long now) {
        if (intake.isPaused()) {
            return;
        }
        switch (heartbeat.at(now)) {
            case QUIET -> {
                // There is time.
            }
            case PING -> session.write(EnginePacket.frame(PacketType.PING, ""));
            case DEAD -> session.violated(CloseReason.BROKEN);
        }
    }

    boolean isPaused() {
        return intake.isPaused();
    }

    void pause() {
        intake.pause();
    }

    void resume() {
        heartbeat.begin(Session.now());
        intake.resume();
    }

    /** The session has ended: what waits is dropped, and who waits for an answer gets it. */
    void end() {
        intake.resume();
    }
}
