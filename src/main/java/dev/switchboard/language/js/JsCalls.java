package dev.switchboard.language.js;

import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.language.ScriptException;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** The calls into a script, which end when its promises do. Lives on the context of its verticle. */
final class JsCalls {
    private final JsVerticle verticle;
    private final String name;

    JsCalls(JsVerticle verticle, String name) {
        this.verticle = verticle;
        this.name = name;
    }

    /** Takes a handler of the script: one more kind of handler is a case more here, and a line in the prelude. */
    ProxyExecutable registrar(Events on) {
        return given -> {
            String kind = given[0].asString();
            String event = given[1].asString();
            Value handler = given[2];
            switch (kind) {
                case "event" -> on.event(event, (socket, data) -> run(handler, socket, data));
                case "open" -> on.open(socket -> run(handler, socket, null));
                case "disconnecting" -> on.disconnecting((socket, reason) -> run(handler, socket, reason));
                case "disconnect" -> on.disconnect((socket, reason) -> run(handler, socket, reason));
                case "close" -> on.close((socket, reason) -> run(handler, socket, reason));
                case "error" -> on.error((socket, failure) -> run(handler, socket, failure));
                case "connection" -> on.connection((socket, next) -> pass(handler, socket, new JsPassage(next, null)));
                case "packet" ->
                    on.packet((socket, packet, next) -> pass(handler, socket, new JsPassage(next, packet)));
                default -> throw new IllegalArgumentException("there is no on." + kind);
            }
            return null;
        };
    }

    /** Calls what has no socket. */
    Future<Payload> run(Value handler, Payload data) {
        return call(handler, null, data, null);
    }

    private Future<Payload> run(Value handler, Socket socket, @Nullable Object data) {
        return call(handler, socket, data, null);
    }

    private Future<Payload> pass(Value middleware, Socket socket, JsPassage passage) {
        return call(middleware, socket, null, passage);
    }

    /** The prelude ends each call in one of two ways, at once or later. */
    private Future<Payload> call(
            Value handler, @Nullable Socket socket, @Nullable Object data, @Nullable JsPassage passage) {
        if (verticle.isEnded()) {
            return Future.failedFuture(ErrorCode.NO_HANDLER.failure().exception());
        }
        Promise<Payload> answer = Promise.promise();
        ProxyExecutable succeed = result -> {
            answer.tryComplete(payload(result[0], result[1]));
            return null;
        };
        ProxyExecutable fail = error -> {
            answer.tryFail(failure(
                    error[0].asString(), error[1].asString(), error[2].asBoolean(), payload(error[3], error[4])));
            return null;
        };
        Packed given = Packed.of(data);
        JsSocket from = socket == null ? null : new JsSocket(socket);
        handler.executeVoid(succeed, fail, from, given.kind(), given.text(), passage);
        return answer.future();
    }

    private static Payload payload(Value kind, Value text) {
        return new Packed(kind.asInt(), text.asString()).payload();
    }

    private RuntimeException failure(String code, String message, boolean retry, Payload data) {
        return code.isEmpty()
                ? new ScriptException(name + ": " + message, null)
                : new EventException(code, message, retry).with(data);
    }
}
