package dev.switchboard.config;

import dev.switchboard.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFuzzTest {
    static List<Fuzz<?>> all() {
        return ConfigFuzz.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void reader_anyInput_holds(Fuzz<?> fuzz) {
        fuzz.run(1, 500);
    }
}
