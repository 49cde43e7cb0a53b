package dev.switchboard.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads the signing key from a file or the environment, never from the configuration itself. Shows none of it. */
final class KeySource {
    private static final int SHORTEST = 32;
    private static final int LONGEST = 64 * 1024;

    private final Section token;

    KeySource(Section token) {
        this.token = token;
    }

    Optional<Secret> read() {
        if (token.has("key")) {
            token.report(
                    token.path("key"),
                    "a secret does not belong here: put it into the environment as " + token.variable("key")
                            + ", or into a file that " + token.path("keyFile") + " names");
        }
        Optional<Given> variable = token.given("key").filter(Given::isVariable);
        Optional<String> file = token.string("keyFile");
        if (variable.isPresent() && file.isPresent()) {
            token.fault("keyFile", "must not be given together with " + token.variable("key"));
            return Optional.empty();
        }
        return variable.isPresent()
                ? variable.get().text().flatMap(text -> checked("key", text.getBytes(StandardCharsets.UTF_8)))
                : file.flatMap(this::file);
    }

    private Optional<Secret> file(String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                return checked("keyFile", bytes);
            }
            token.fault("keyFile", "names a file of more than " + LONGEST + " bytes, which is no key");
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            token.fault("keyFile", "names a file that cannot be read: " + Given.quoted(name));
        }
        return Optional.empty();
    }

    private Optional<Secret> checked(String key, byte[] given) {
        byte[] bytes = withoutLineEnd(given);
        if (bytes.length < SHORTEST) {
            token.fault(key, "the key has " + bytes.length + " bytes, but must have at least " + SHORTEST);
            return Optional.empty();
        }
        return Optional.of(new Secret(bytes));
    }

    /** Editors and {@code openssl rand -base64 48 > file} end a file with a line end, which a variable has not. */
    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
