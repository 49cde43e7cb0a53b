package dev.switchboard.transport.socketio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What one suite runs against: begins before its first test, and ends after its last. */
final class SuiteServer implements BeforeAllCallback, AfterAllCallback {
    private @Nullable ServerUnderTest server;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (server == null) {
            server = ServerUnderTest.start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    EnginePeer peer(int revision) {
        return Objects.requireNonNull(server).peer(revision);
    }
}
