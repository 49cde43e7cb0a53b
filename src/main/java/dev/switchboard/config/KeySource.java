package dev.switchboard.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads keys from files or the environment, never from the configuration itself. Shows nothing of them. */
final class KeySource {
    private static final int SHORTEST = 32;
    private static final int LONGEST = 64 * 1024;

    private static final int MOST_ACCEPTED = 8;

    /** What no file can give. */
    static final String VARIABLE = "a variable of the environment";

    private final Section token;

    KeySource(Section token) {
        this.token = token;
    }

    /** The key that signs. */
    Optional<Secret> read() {
        refuse("key", "keyFile");
        Optional<Given> file = token.key("keyFile", "a file with the key that signs the tokens, at least 32 bytes")
                .string()
                .flatMap(name -> token.given("keyFile"));
        Optional<Given> variable = token.key(
                        "key", "the key itself; without either a random one is made, and a restart ends all log-ins")
                .given(VARIABLE)
                .filter(Given::isVariable);
        if (variable.isPresent() && file.isPresent()) {
            token.fault("keyFile", "must not be given together with " + token.variable("key"));
            return Optional.empty();
        }
        return variable.isPresent() ? variable.flatMap(this::variable) : file.flatMap(this::file);
    }

    /** Keys that sign nothing here, and whose tokens are accepted. */
    List<Secret> accepted() {
        refuse("acceptedKeys", "acceptedKeyFiles");
        List<Given> files = token.key(
                        "acceptedKeyFiles",
                        "files with further keys, up to " + MOST_ACCEPTED
                                + ", whose tokens are accepted: the key before,"
                                + " or the one to come; see [rotation](clustering.md#another-key)")
                .read(List.of(), "a list of files", Given::entries);
        List<Given> variables = token.key(
                        "acceptedKeys",
                        "such keys themselves, with commas between; a key that has a comma can only come from a file")
                .given(VARIABLE)
                .filter(Given::isVariable)
                .flatMap(Given::entries)
                .orElse(List.of());
        if (variables.size() + files.size() > MOST_ACCEPTED) {
            token.fault(
                    files.isEmpty() ? "acceptedKeys" : "acceptedKeyFiles",
                    "has more than " + MOST_ACCEPTED + " keys, and each token would be tried against all of them");
            return List.of();
        }
        List<Secret> keys = new ArrayList<>();
        variables.forEach(key -> variable(key).ifPresent(keys::add));
        files.forEach(name -> file(name).ifPresent(keys::add));
        return List.copyOf(keys);
    }

    private void refuse(String key, String files) {
        if (token.has(key)) {
            token.report(
                    token.path(key),
                    "a secret does not belong here: put it into the environment as " + token.variable(key)
                            + ", or into a file that " + token.path(files) + " names");
        }
    }

    private Optional<Secret> variable(Given given) {
        return given.text().flatMap(text -> checked(given, text.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Secret> file(Given given) {
        Optional<String> name = given.text();
        if (name.isEmpty()) {
            token.report(given.fault("the name of a file"));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(Path.of(name.get()))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                return checked(given, bytes);
            }
            token.report(given.where(), "names a file of more than " + LONGEST + " bytes, which is no key");
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            token.report(given.where(), "names a file that cannot be read: " + Given.quoted(name.get()));
        }
        return Optional.empty();
    }

    private Optional<Secret> checked(Given given, byte[] content) {
        byte[] bytes = withoutLineEnd(content);
        if (bytes.length < SHORTEST) {
            token.report(given.where(), "the key has " + bytes.length + " bytes, but must have at least " + SHORTEST);
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
