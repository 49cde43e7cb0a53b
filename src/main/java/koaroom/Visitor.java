package koaroom;

import dev.switchboard.Socket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A user as messages show it: {@code {"type","id","name","image"}}. */
final class Visitor {
    /** The cookie of who is known by nothing else. */
    static final String COOKIE = "name";

    /** The claim of a page token. */
    static final String CLAIM = "visitor";

    private static final String TYPE = "游客";
    private static final int IMAGES = 10;
    private static final List<String> KEYS = List.of("type", "id", "name", "image");

    private Visitor() {}

    /** Somebody new. */
    static JsonObject of(long number, String name) {
        return visitor(number, name, number);
    }

    private static JsonObject visitor(Object id, String name, long picture) {
        return new JsonObject()
                .put("type", TYPE)
                .put("id", id)
                .put("name", name)
                .put("image", Math.floorMod(picture, IMAGES));
    }

    /** As the original's cookie has it. */
    static String cookie(JsonObject visitor) {
        return Base64.getEncoder().encodeToString(visitor.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Whose socket it is, by its page token, or by the cookie where the namespace shows it. */
    static Optional<JsonObject> of(Socket socket) {
        if (socket.user().isAnonymous()) {
            String cookies = socket.handshake().headers().getOrDefault("cookie", "");
            return Arrays.stream(cookies.split(";"))
                    .map(String::strip)
                    .filter(cookie -> cookie.startsWith(COOKIE + "="))
                    .findFirst()
                    .flatMap(cookie -> decoded(cookie.substring(COOKIE.length() + 1)));
        }
        JsonObject claimed = socket.claims().getJsonObject(CLAIM);
        String id = socket.user().id();
        return Optional.of(claimed == null ? visitor(id, socket.user().name(), id.hashCode()) : claimed);
    }

    private static Optional<JsonObject> decoded(String cookie) {
        try {
            JsonObject all = new JsonObject(new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8));
            JsonObject visitor = new JsonObject();
            KEYS.forEach(key -> visitor.put(key, all.getValue(key)));
            return Optional.of(visitor).filter(known -> known.getValue("name") instanceof String);
        } catch (IllegalArgumentException | DecodeException forged) {
            return Optional.empty();
        }
    }
}
