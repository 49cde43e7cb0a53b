package dev.switchboard.config;

import java.util.List;
import java.util.Optional;

/**
 * The admin page.
 *
 * @param claim of a page token, in which the roles of its user stand: a text or a list of texts
 * @param role that a user must have
 * @param notice the event by which clients get a notice
 * @param from addresses that see that there is such a page
 * @param follow what is seen of a socket that is followed
 */
public record AdminConfig(String claim, String role, String notice, List<Network> from, FollowConfig follow) {
    public AdminConfig {
        from = List.copyOf(from);
    }

    /** Empty unless a role is named: then there is no such page. */
    static Optional<AdminConfig> read(Section admin) {
        Optional<String> role = admin.string("role");
        String claim = admin.string("claim").orElse("role");
        String notice = admin.text("notice", "a name for an event", AdminConfig::isEvent)
                .orElse("notice");
        List<Network> from = HttpConfig.readers(admin, "from");
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
