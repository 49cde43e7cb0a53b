package dev.switchboard.limit;

import org.jspecify.annotations.Nullable;

/** The place of one connection. On the event loop of its socket. */
public final class Place {
    private final @Nullable Places places;
    private final String block;
    private String user = "";
    private boolean givenBack;

    Place(@Nullable Places places, String block) {
        this.places = places;
        this.block = block;
    }

    /** One that counts for nobody: what has it has no connection. */
    public static Place nowhere() {
        return new Place(null, "");
    }

    /** It is known whose it is: it counts for this user, too. False when the user has too many; then it does not. */
    public boolean seat(String known) {
        if (places == null || givenBack || !user.isEmpty()) {
            return true;
        }
        boolean fits = places.seat(known);
        user = fits ? known : "";
        return fits;
    }

    /** The connection is over. */
    public void giveBack() {
        if (places != null && !givenBack) {
            givenBack = true;
            places.leave(block);
            if (!user.isEmpty()) {
                places.unseat(user);
            }
        }
    }
}
