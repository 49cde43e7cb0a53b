package dev.switchboard.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Delivery;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.SocketIoCodec;
import io.vertx.core.json.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private final SocketIoCodec codec = new SocketIoCodec(5, "/chat");
    private final Set<Long> needed = new HashSet<>();
    private final Progress progress = new Progress(() -> needed);

    private Frame frame(Object data, Position at) {
        return Objects.requireNonNull(
                new Delivery("said", Payload.of(data)).at(at).frame(codec));
    }

    private String told(long log, long offset) {
        String text = progress.told(frame(1, new Position(log, offset, 5))).text();
        return new JsonArray(text.substring(text.indexOf('['))).getString(2);
    }

    @Test
    void told_isTheEventWithTheNewestPlaceOfEachLog() {
        assertThat(progress.told(frame(1, new Position(1, 1, 5))).text()).isEqualTo("42/chat,[\"said\",1,\"1:1:5\"]");
        assertThat(told(2, 7)).isEqualTo("1:1:5,2:7:5");
        assertThat(told(1, 2)).isEqualTo("1:2:5,2:7:5");
        assertThat(Progress.parse("1:2:5,2:7:5")).hasValue(List.of("1:2:5", "2:7:5"));
    }

    @Test
    void told_ofBytes_isBehindThem_andTheyStayAsTheyAre() {
        List<Frame> parts =
                progress.told(frame(new byte[] {1, 2}, new Position(1, 1, 5))).parts();

        assertThat(parts.get(0).text()).isEqualTo("451-/chat,[\"said\",{\"_placeholder\":true,\"num\":0},\"1:1:5\"]");
        assertThat(parts.get(1).payload()).containsExactly(1, 2);
    }

    @Test
    void told_ofAnEventOfNoLog_hasAPlaceOnlyBehindAText() {
        Frame number = Objects.requireNonNull(new Delivery("said", Payload.of(1)).frame(codec));
        Frame text = Objects.requireNonNull(new Delivery("said", Payload.of("x")).frame(codec));
        Frame asked = Objects.requireNonNull(new Delivery("said", Payload.of("x"), 3).frame(codec));

        assertThat(progress.told(number)).isSameAs(number);
        assertThat(progress.told(asked)).isSameAs(asked);
        assertThat(progress.told(text).text()).isEqualTo("42/chat,[\"said\",\"x\",\"-\"]");
        assertThat(Progress.parse("-")).hasValue(List.of());
    }

    @Test
    void told_ofMoreLogsThanMayBe_forgetsThoseThatAreNotNeeded_orCannotBeComeBackWith() {
        for (long log = 1; log <= Progress.MOST_LOGS; log++) {
            needed.add(log);
            told(log, 1);
        }
        needed.remove(3L);
        needed.add(100L);
        String full = told(100, 1);
        assertThat(Progress.parse(full))
                .hasValueSatisfying(
                        all -> assertThat(all).hasSize(Progress.MOST_LOGS).doesNotContain("3:1:5"));

        needed.add(101L);
        assertThat(Progress.parse(told(101, 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1:2",
                "1:2:3:4",
                "1:2:3,",
                "hello, all",
                "!",
                "1:2:-3",
                "00000000000000:1:1",
                "1:1:1,,2:2:2"
            })
    void parse_ofWhatIsNoPlace_isEmpty(String text) {
        assertThat(Progress.parse(text)).isEmpty();
    }
}
