package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.BindException;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    private static String failed(Throwable fault) {
        JsonObject configuration = new JsonObject("{\"http\":{\"port\":8080}}");
        return Faults.failedDeployment("chat.Chat", configuration, fault);
    }

    @Test
    void failedDeployment_bindException_namesThePort() {
        BindException taken = new BindException("Address already in use");
        assertThat(failed(taken)).isEqualTo("port 8080 is in use");
        assertThat(failed(new IllegalStateException("no server", taken))).isEqualTo("port 8080 is in use");
        assertThat(failed(new IllegalStateException("port 81 is in use", taken)))
                .isEqualTo("port 81 is in use");
        assertThat(Faults.failedDeployment("chat.Chat", new JsonObject(), taken))
                .isEqualTo("a port is in use");
    }

    @Test
    void failedDeployment_addressOfAnotherMachine_saysSo() {
        assertThat(failed(new BindException("Cannot assign requested address")))
                .isEqualTo("cannot listen: Cannot assign requested address");
    }

    @Test
    void failedDeployment_otherClassNotFound_isNotTakenForAnUnknownVerticle() {
        assertThat(failed(new ClassNotFoundException("chat.Chat"))).startsWith("unknown verticle 'chat.Chat'");
        assertThat(failed(new ClassNotFoundException("some.Driver")))
                .isEqualTo("cannot start chat.Chat: ClassNotFoundException: some.Driver");
    }

    @Test
    void failedDeployment_withoutMessage_namesTheClassInOneLine() {
        assertThat(failed(new IllegalStateException())).isEqualTo("cannot start chat.Chat: IllegalStateException");
        assertThat(failed(new IllegalStateException("one\ntwo"))).isEqualTo("cannot start chat.Chat: one");
    }
}
