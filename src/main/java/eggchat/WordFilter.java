package eggchat;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Next;
import dev.switchboard.Packet;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Refuses what has an unwanted word in it. Its configuration has the {@code words}. */
public final class WordFilter extends EventVerticle {
    @Override
    protected void events(Events on) {
        List<String> words = config().getJsonArray("words", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        on.packet((socket, packet, next) -> filter(words, packet, next));
    }

    private static Future<Payload> filter(List<String> words, Packet packet, Next<Payload> next) {
        String data = String.valueOf(packet.data().value());
        if (words.stream().anyMatch(data::contains)) {
            throw new EventException(ErrorCode.REFUSED.name(), "packet refused");
        }
        return next.run();
    }
}
