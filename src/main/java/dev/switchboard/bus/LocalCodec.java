package dev.switchboard.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.tracing.TracingPolicy;

/** Passes immutable messages by reference within this JVM. */
final class LocalCodec implements MessageCodec<Object, Object> {
    private static final String NAME = "switchboard";

    /**
     * Registers the codec with this Vert.x unless it is there, and tells how to send with it. Vert.x does not trace what goes
     * so: one message may hold events of many traces.
     */
    static DeliveryOptions options(Vertx vertx) {
        LocalMap<String, Boolean> registered = vertx.sharedData().getLocalMap("switchboard.codec");
        registered.computeIfAbsent(NAME, name -> {
            vertx.eventBus().registerCodec(new LocalCodec());
            return true;
        });
        return new DeliveryOptions().setCodecName(NAME).setLocalOnly(true).setTracingPolicy(TracingPolicy.IGNORE);
    }

    @Override
    public Object transform(Object message) {
        return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        throw new UnsupportedOperationException("this message does not leave its JVM");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("this message does not come from another JVM");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
