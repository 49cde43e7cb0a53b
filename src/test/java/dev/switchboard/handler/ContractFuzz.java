package dev.switchboard.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Addresses;
import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;

/** What holds for every message of a handler in another language: it is answered, well or not. */
public final class ContractFuzz {
    private static final List<String> KEYS = List.of(
            "verb",
            "namespace",
            "to",
            "event",
            "data",
            "limit",
            "except",
            "flags",
            "room",
            "rooms",
            "user",
            "socket",
            "name",
            "value",
            "code",
            "reason",
            "reconnect",
            "address",
            "events",
            "withdraw",
            "handler");
    private static final List<String> VERBS = List.of(
            "emit",
            "ask",
            "askAll",
            "askNodes",
            "join",
            "leave",
            "disconnect",
            "attribute",
            "session.get",
            "session.put",
            "sockets",
            "rooms",
            "");
    private static final List<String> TEXTS = List.of(
            "\"/\"",
            "\"r\"",
            "\"volatile\"",
            "\"message\"",
            "\"aaaaaaaa.aaaaaaaaaaaaaaaaaaaaaa\"",
            "{\"/\":[\"e\"]}",
            "[\"local\"]",
            "{\"room\":\"r\"}",
            "{\"socket\":\"s\"}",
            "{\"rooms\":[\"a\",\"b\"]}",
            "[\"\\ud800\"]",
            "\"\\ud800\"",
            "4000",
            "1006",
            "true",
            "100",
            "-1");

    private ContractFuzz() {}

    public static List<Fuzz<?>> all(Vertx vertx) {
        return List.of(
                new Fuzz<>(
                        "JSON contract, verbs",
                        Garble.of(garble -> request(garble, true)),
                        request -> answered(vertx, Addresses.VERBS, request)),
                new Fuzz<>(
                        "JSON contract, announcements",
                        Garble.of(garble -> request(garble, false)),
                        request -> answered(vertx, Addresses.ANNOUNCE, request)));
    }

    private static String request(Garble garble, boolean verb) {
        if (garble.once(20)) {
            return garble.json(2);
        }
        String[] keys = new String[2 + garble.below(6)];
        Arrays.setAll(keys, n -> "\"" + (n == 0 && verb ? "verb" : garble.oneOf(KEYS)) + "\"");
        return garble.object(keys, key -> switch (key) {
            case "\"verb\"" -> garble.once(20) ? garble.json(1) : "\"" + garble.oneOf(VERBS) + "\"";
            case "\"limit\"" -> garble.once(3) ? garble.json(1) : String.valueOf(garble.below(50));
            // Where nothing answers, what is announced would be asked for long.
            case "\"address\"" -> garble.once(3) ? garble.json(1) : "\"handler " + garble.below(20) + "\"";
            default -> garble.once(3) ? garble.json(2) : garble.oneOf(TEXTS);
        });
    }

    private static Object body(String request) {
        try {
            return new JsonObject(request);
        } catch (DecodeException noObject) {
            return request.startsWith("[")
                    ? new JsonArray()
                    : request.length() % 2 == 0 ? request : Buffer.buffer(request);
        }
    }

    private static void answered(Vertx vertx, String address, String request) {
        try {
            vertx.eventBus()
                    .request(address, body(request), new DeliveryOptions().setSendTimeout(10_000))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException refused) {
            assertThat(refused.getCause()).isInstanceOfSatisfying(ReplyException.class, reply -> {
                assertThat(reply.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
                assertThat(reply.getMessage()).isNotBlank().doesNotContain("java.", "dev.switchboard");
            });
        }
    }
}
