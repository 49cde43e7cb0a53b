package dev.switchboard.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** The HTTP sessions of visitors. */
public record SessionConfig(String cookie, Duration timeout) {
    /** RFC 6265 section 4.1.1. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    static SessionConfig read(Section session) {
        return new SessionConfig(
                session.key("cookie", "the cookie that carries a visitor's session")
                        .read(
                                "switchboard-session",
                                "the name of a cookie, of letters, digits, \"-\", \".\" and \"_\"",
                                given -> given.text()
                                        .filter(name -> NAME.matcher(name).matches())),
                session.key("timeout", "how long a session lasts after it was last used")
                        .duration(Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofDays(30)));
    }
}
