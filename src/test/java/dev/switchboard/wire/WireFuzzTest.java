package dev.switchboard.wire;

import dev.switchboard.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFuzzTest {
    static List<Fuzz<?>> all() {
        return WireFuzz.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void parser_anyInput_holds(Fuzz<?> fuzz) {
        fuzz.run(1, 2_000);
    }
}
