package dev.switchboard.config;

import java.util.List;
import java.util.Optional;

/**
 * The admin page; its parts are described where they are read.
 *
 * @param follow what is seen of a socket that is followed
 */
public record AdminConfig(String claim, String role, String notice, List<Network> from, FollowConfig follow) {
    public AdminConfig {
        from = List.copyOf(from);
    }

    /** Empty unless a role is named: then there is no such page. */
    static Optional<AdminConfig> read(Section admin) {
        Optional<String> role = admin.key("role", "the role that a user must have; without it there is no such page")
                .string();
        String claim = admin.key(
                        "claim", "the claim of the page token in which roles stand: a text, or a list of texts")
                .string("role");
        String notice = admin.key("notice", "the event by which clients get what is sent to them")
                .read("notice", "a name for an event", given -> given.text().filter(AdminConfig::isEvent));
        List<Network> from =
                HttpConfig.networks(admin.key("from", "for whom there is such a page"), HttpConfig.LOOPBACK);
        FollowConfig follow = FollowConfig.read(admin.within("follow"));
        if (role.isEmpty()) {
            List.of("claim", "notice", "from", "follow").stream()
                    .filter(key -> admin.given(key).isPresent())
                    .forEach(key -> admin.fault(key, "does nothing without " + admin.path("role")));
        }
        return role.map(needed -> new AdminConfig(claim, needed, notice, from, follow));
    }

    private static boolean isEvent(String text) {
        return !text.isBlank() && text.length() <= 128 && !text.startsWith("$");
    }
}
