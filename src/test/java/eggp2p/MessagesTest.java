package eggp2p;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    @Test
    void parseMsg_ofAnActionAlone_hasAnEmptyPayloadAndTheTime() {
        long before = System.currentTimeMillis();

        JsonObject message = Messages.parseMsg("x");

        assertThat(message.getJsonObject("data"))
                .isEqualTo(new JsonObject().put("action", "x").put("payload", new JsonObject()));
        assertThat(message.getJsonObject("meta").fieldNames()).containsExactly("timestamp");
        assertThat(message.getJsonObject("meta").getLong("timestamp")).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void parseMsg_withMetadata_addsAndReplaces() {
        JsonObject message = Messages.parseMsg(
                "x", "text", new JsonObject().put("timestamp", 1).put("client", "a"));

        assertThat(message.getJsonObject("data").getValue("payload")).isEqualTo("text");
        assertThat(message.getJsonObject("meta"))
                .isEqualTo(new JsonObject().put("timestamp", 1).put("client", "a"));
    }
}
