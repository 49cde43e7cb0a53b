package dev.switchboard.testkit;

import io.vertx.core.Deployable;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link TestNode} for the tests of a class, for JUnit 5. In a static field there is one for all of them, which starts
 * once and whose clients are closed after each test; in an instance field, one for each.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SwitchboardExtension switchboard = SwitchboardExtension.of(Path.of("conf/chat.json"));
 *
 * @Test
 * void message_isToldToTheOthers() {
 *     TestClient ann = switchboard.node().connect("ann");
 *     …
 * }
 * }</pre>
 */
public final class SwitchboardExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final Supplier<TestNode> start;
    private @Nullable TestNode node;
    private boolean shared;

    private SwitchboardExtension(Supplier<TestNode> start) {
        this.start = start;
    }

    /** See {@link TestNode#start(Path)}. */
    public static SwitchboardExtension of(Path file) {
        return new SwitchboardExtension(() -> TestNode.start(file));
    }

    /** See {@link TestNode#start(JsonObject)}. */
    public static SwitchboardExtension of(JsonObject configuration) {
        return new SwitchboardExtension(() -> TestNode.start(configuration));
    }

    /** See {@link TestNode#start(Supplier)}. */
    public static SwitchboardExtension of(Supplier<? extends Deployable> handler) {
        return new SwitchboardExtension(() -> TestNode.start(handler));
    }

    /** The node of the test that runs. */
    public TestNode node() {
        TestNode running = node;
        if (running == null) {
            throw new IllegalStateException("no test runs; is the field annotated with @RegisterExtension?");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        node = start.get();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            node = start.get();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (shared) {
            node().clear();
        } else {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        TestNode running = node;
        if (running != null) {
            node = null;
            running.close();
        }
    }
}
