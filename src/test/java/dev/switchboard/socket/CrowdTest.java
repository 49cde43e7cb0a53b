package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.limit.Backlog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private final Backlog backlog = new Backlog(100);
    private final List<Hog> members = new ArrayList<>();
    private final Crowd crowd = new Crowd(backlog, members);
    private int looks;

    private final class Hog implements Crowd.Member {
        private long waiting;

        Hog(long waiting) {
            this.waiting = waiting;
            assertThat(crowd.offer(waiting, 0)).isTrue();
            members.add(this);
        }

        @Override
        public long waiting() {
            looks++;
            return waiting;
        }

        @Override
        public void giveWay() {
            crowd.add(-waiting);
            waiting = 0;
        }
    }

    @Test
    void noRoom_whoHasTheMostGivesWay_andNobodyElse() {
        Hog small = new Hog(30);
        Hog large = new Hog(60);

        assertThat(crowd.offer(20, 5)).isTrue();

        assertThat(large.waiting).isZero();
        assertThat(small.waiting).isEqualTo(30);
        assertThat(backlog.bytes()).isEqualTo(50);
    }

    @Test
    void noRoom_severalGiveWay_untilItFits() {
        new Hog(30);
        new Hog(40);
        Hog least = new Hog(25);

        assertThat(crowd.offer(29, 0)).isTrue();
        assertThat(least.waiting).isEqualTo(25);
        assertThat(crowd.offer(80, 0)).as("nobody has as much").isFalse();
        assertThat(backlog.bytes()).isEqualTo(84);
    }

    @Test
    void whoHasAsMuchAsTheOthers_paysItself() {
        Hog other = new Hog(50);
        new Hog(50);

        assertThat(crowd.offer(1, 49)).isFalse();

        assertThat(other.waiting).isEqualTo(50);
    }

    @Test
    void lookInVain_isNotRepeatedBeforeTheNextTick() {
        new Hog(50);
        new Hog(50);
        assertThat(crowd.offer(50, 50)).isFalse();
        int before = looks;

        assertThat(crowd.offer(50, 50)).isFalse();
        assertThat(looks).isEqualTo(before);

        crowd.tick();
        assertThat(crowd.offer(50, 50)).isFalse();
        assertThat(looks).isGreaterThan(before);
    }
}
