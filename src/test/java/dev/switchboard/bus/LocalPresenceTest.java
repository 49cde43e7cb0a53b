package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.bus.Presence.Change;
import dev.switchboard.token.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LocalPresenceTest {
    private static final Target ALL = Target.all("/chat");
    private static final Target ROOM = Target.room("/chat", "green");
    private static final User ANN = new User("1", "Ann");
    private static final User BOB = new User("2", "Bob");

    private final LocalPresence presence = new LocalPresence();

    @Test
    void enter_secondSocket_changesNothing() {
        assertThat(presence.enter(ROOM, ANN).result()).isEqualTo(new Change(true, 1));
        assertThat(presence.enter(ROOM, ANN).result()).isEqualTo(new Change(false, 1));
        assertThat(presence.enter(ROOM, BOB).result()).isEqualTo(new Change(true, 2));
    }

    @Test
    void enter_sameUserUnderAnotherName_keepsTheFirst() {
        presence.enter(ROOM, ANN);

        assertThat(presence.enter(ROOM, new User("1", "Anna")).result().changed())
                .isFalse();
        assertThat(presence.users(ROOM).result()).containsExactly(ANN);
    }

    @Test
    void leave_lastSocket_isTheUsersGoing() {
        presence.enter(ROOM, ANN);
        presence.enter(ROOM, ANN);
        presence.enter(ROOM, BOB);

        assertThat(presence.leave(ROOM, ANN).result()).isEqualTo(new Change(false, 2));
        assertThat(presence.leave(ROOM, ANN).result()).isEqualTo(new Change(true, 1));
        assertThat(presence.leave(ROOM, ANN).result()).isEqualTo(new Change(false, 1));
        assertThat(presence.users(ROOM).result()).containsExactly(BOB);
    }

    @Test
    void users_whoCameAgain_isTheLast() {
        presence.enter(ROOM, ANN);
        presence.enter(ROOM, BOB);
        presence.leave(ROOM, ANN);
        presence.enter(ROOM, ANN);

        assertThat(presence.users(ROOM).result()).containsExactly(BOB, ANN);
    }

    @Test
    void places_ofOneNamespace_areApart() {
        presence.enter(ALL, ANN);
        presence.enter(ROOM, BOB);

        assertThat(presence.users(ALL).result()).containsExactly(ANN);
        assertThat(presence.users(ROOM).result()).containsExactly(BOB);
    }

    @Test
    void leave_byTheLast_leavesNothingBehind() {
        presence.enter(ROOM, ANN);
        presence.leave(ROOM, ANN);
        presence.leave(ALL, ANN);

        assertThat(presence.places()).isZero();
        assertThat(presence.count(ROOM).result()).isZero();
    }

    @Test
    void enter_anonymous_isRefused() {
        assertThatThrownBy(() -> presence.enter(ROOM, User.anonymous())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> presence.leave(ROOM, User.anonymous())).isInstanceOf(IllegalArgumentException.class);
    }

    /** A positive number is a user whose socket comes, a negative one whose socket goes. */
    @Property
    void steps_ofAnyOrder_tellWhatAModelTells(@ForAll List<@IntRange(min = -3, max = 3) Integer> steps) {
        LocalPresence any = new LocalPresence();
        Map<User, Integer> model = new LinkedHashMap<>();
        for (int step : steps) {
            User user = new User("u" + Math.abs(step), "");
            boolean there = model.containsKey(user);
            model.merge(user, Integer.signum(step == 0 ? 1 : step), Integer::sum);
            model.values().removeIf(sockets -> sockets <= 0);

            Change change = (step >= 0 ? any.enter(ROOM, user) : any.leave(ROOM, user)).result();

            assertThat(change).isEqualTo(new Change(there != model.containsKey(user), model.size()));
            assertThat(any.users(ROOM).result()).containsExactlyElementsOf(model.keySet());
            assertThat(any.count(ROOM).result()).isEqualTo(model.size());
        }
        assertThat(any.places()).isEqualTo(model.isEmpty() ? 0 : 1);
    }
}
