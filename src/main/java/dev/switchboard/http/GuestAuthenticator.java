package dev.switchboard.http;

import dev.switchboard.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The authenticator that a node has unless it is given another: it lets everybody in as a guest, under the name that
 * they choose, or a made-up one.
 *
 * <p>This is the contract for one of your own, in any language: consume {@link Addresses#AUTHENTICATOR} and get {@code
 * {"credentials":{…},"address":"203.0.113.7"}}, where the credentials are the body of {@code POST /token}, and empty
 * when a page is opened. Reply {@code {"id":"…","name":"…","claims":{…}}} (the claims may be left out), or fail with 400
 * (not understood), 401 (not recognised) or 403 (not wanted) and a message for the client, within 5 seconds. It is asked
 * on the client's own node only.
 *
 * <p>A guest's id is random and never the name: names are no identities.
 */
public final class GuestAuthenticator extends VerticleBase {
    private static final int LONGEST_NAME = 40;
    private static final int ID_BYTES = 16;
    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /** Control characters, halves of characters, and what is invisible or turns the text around it. */
    private static final Pattern UNWANTED =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]");

    private final SecureRandom random = new SecureRandom();

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<JsonObject>localConsumer(Addresses.AUTHENTICATOR, this::answer)
                .completion();
    }

    private void answer(Message<JsonObject> question) {
        Object given = question.body().getJsonObject("credentials").getValue("name");
        Optional<String> name = given == null ? Optional.of(madeUpName()) : chosenName(given);
        name.ifPresentOrElse(
                fitting -> question.reply(new JsonObject().put("id", randomId()).put("name", fitting)),
                () -> question.fail(400, "A name is a text of 1 to " + LONGEST_NAME + " characters"));
    }

    private static Optional<String> chosenName(Object given) {
        return Optional.of(given)
                .filter(String.class::isInstance)
                .map(name -> UNWANTED.matcher((String) name).replaceAll("").strip())
                .filter(name -> !name.isEmpty() && name.codePointCount(0, name.length()) <= LONGEST_NAME);
    }

    private String madeUpName() {
        return random.ints(4, 0, LETTERS.length())
                .mapToObj(index -> LETTERS.substring(index, index + 1))
                .collect(Collectors.joining("", "Guest", ""));
    }

    private String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
