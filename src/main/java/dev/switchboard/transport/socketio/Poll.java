package dev.switchboard.transport.socketio;

import dev.switchboard.transport.polling.Scripts;
import dev.switchboard.wire.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A request through which a client receives once. Begun by the request's event loop, then used by the session's. */
final class Poll {
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    private final HttpServerResponse response;
    private final Revision revision;
    private final boolean textOnly;

    /** Which function of the page takes the answer, of a client that can only load scripts; empty for others. */
    private final String index;

    Poll(HttpServerRequest request, Revision revision) {
        this.response = request.response();
        this.revision = revision;
        String script = request.getParam("j", "");
        this.index = INDEX.matcher(script).matches() ? script : "";
        this.textOnly = !index.isEmpty() || !request.getParam("b64", "").isEmpty();
    }

    /** @param broken told that the client has gone */
    void begin(Runnable broken) {
        response.closeHandler(v -> broken.run()).exceptionHandler(fault -> broken.run());
    }

    /** @param over told whether all of it reached the client's connection */
    void answer(List<Frame> packets, Consumer<Boolean> over) {
        Revision.Payload payload = revision.write(packets, textOnly);
        response.putHeader("Content-Type", type(payload));
        response.end(index.isEmpty() ? payload.bytes() : script(payload))
                .onComplete(end -> over.accept(end.succeeded()));
    }

    private String type(Revision.Payload payload) {
        if (payload.octets()) {
            return "application/octet-stream";
        }
        return index.isEmpty() ? "text/plain; charset=UTF-8" : "text/javascript; charset=UTF-8";
    }

    private Buffer script(Revision.Payload payload) {
        return Buffer.buffer(
                "___eio[" + index + "](" + Scripts.text(payload.bytes().toString()) + ");");
    }

    void refuse(Fault fault) {
        fault.answer(response);
    }

    /** Breaks it off. */
    void abort() {
        response.reset();
    }
}
