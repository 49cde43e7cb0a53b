package dev.switchboard.config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The HTTP sessions of visitors.
 *
 * @param cookie the name of the cookie that carries the session's id
 * @param timeout how long a session lasts after it was last used
 */
public record SessionConfig(String cookie, Duration timeout) {
    /** RFC 6265 section 4.1.1. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    static SessionConfig read(Section session) {
        return new SessionConfig(
                session.read(
                        "cookie",
                        "switchboard-session",
                        "the name of a cookie, of letters, digits, \"-\", \".\" and \"_\"",
                        given -> given.text().filter(name -> NAME.matcher(name).matches())),
                session.duration("timeout", Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofDays(30)));
    }
}
