package dev.switchboard.transport.sockjs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /server/session/transport} below a mount; the server means nothing.
 *
 * @param id as it stands in the path: another spelling, {@code %61} for {@code a}, is another session
 * @param transport of whatever name
 */
record SessionPath(String id, String transport) {
    private static final Pattern FORM = Pattern.compile("/([^/.]+)/([^/.]+)/([a-z_]+)");

    /** What is no escape, or hides a dot or a slash. */
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})|%2[eEfF]");

    /** The parts of a path; null when it names no session. */
    static @Nullable SessionPath parse(String path) {
        Matcher parts = FORM.matcher(path);
        return parts.matches() && !BAD_ESCAPE.matcher(path).find()
                ? new SessionPath(parts.group(2), parts.group(3))
                : null;
    }

    /** How many characters an id really has, at most. */
    static int length(String id) {
        return id.length() - 2 * (int) id.chars().filter(c -> c == '%').count();
    }
}
