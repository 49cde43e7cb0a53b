package dev.switchboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two rooms of two clients each: 0 and 1, 2 and 3. A route's number is its sender's. */
class LedgerTest {
    private final Ledger ledger = new Ledger(new Plans.Rooms(2, 2, 1, 1));

    private void send(int sender, int times) {
        for (int n = 0; n < times; n++) {
            ledger.sent(sender, 2);
        }
    }

    private void hear(int client, int sender, int... numbers) {
        for (int number : numbers) {
            ledger.heard(client, sender, number);
        }
    }

    @Test
    void all_inOrder_isFine() {
        send(0, 2);
        send(1, 1);
        hear(0, 0, 0, 1);
        hear(1, 1, 0);
        hear(1, 0, 0, 1);
        assertThat(ledger.isComplete()).isFalse();
        hear(0, 1, 0);

        assertThat(ledger.isComplete()).isTrue();
        assertThat(ledger.verdict()).isEmpty();
    }

    @Test
    void missing_isLost() {
        send(0, 3);
        hear(0, 0, 0, 2);
        hear(1, 0, 0, 1);

        assertThat(ledger.verdict()).containsExactly("2 of 6 deliveries lost, 0 doubled, 0 reordered, 0 misrouted");
    }

    @Test
    void twice_isDoubled_andMakesUpForNothing() {
        send(2, 2);
        hear(2, 2, 0, 0);
        hear(3, 2, 0, 1, 1);

        assertThat(ledger.verdict()).containsExactly("1 of 4 deliveries lost, 2 doubled, 0 reordered, 0 misrouted");
    }

    @Test
    void late_isReordered_andNotLost() {
        send(0, 3);
        hear(0, 0, 1, 0, 2);
        hear(1, 0, 0, 1, 2);

        assertThat(ledger.verdict()).containsExactly("0 of 6 deliveries lost, 0 doubled, 1 reordered, 0 misrouted");
    }

    @Test
    void otherRoom_isMisrouted() {
        send(0, 1);
        hear(0, 0, 0);
        hear(1, 0, 0);
        hear(2, 0, 0);
        hear(2, 99, 0);

        assertThat(ledger.verdict()).containsExactly("0 of 2 deliveries lost, 0 doubled, 0 reordered, 2 misrouted");
    }

    @Test
    void faults_areTold() {
        ledger.fault("closed with 4008");

        assertThat(ledger.verdict()).containsExactly("closed with 4008");
    }
}
