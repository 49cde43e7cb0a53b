package dev.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Announcement;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.wire.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private static final Map<String, NamespaceConfig> NAMESPACES = SwitchboardConfig.read(
                    new JsonObject("{\"namespaces\":{\"/\":{\"events\":{\"mapped\":\"M\"}},\"/n\":{}}}"),
                    Map.of(),
                    verticle -> true)
            .namespaces();

    private final Routes routes = new Routes("here", NAMESPACES);

    private static Announcement instance(String id, String handler, String namespace, String... events) {
        return new Announcement("here", id, handler, Map.of(namespace, Set.of(events)));
    }

    private static Route nowhere(ErrorCode why) {
        return new Route.Nowhere(why);
    }

    @Test
    void route_mappedButNotRunning_hasNoHandler() {
        assertThat(routes.route("/", "mapped")).isEqualTo(nowhere(ErrorCode.NO_HANDLER));
        assertThat(routes.route("/", "other")).isEqualTo(nowhere(ErrorCode.UNKNOWN_EVENT));
        assertThat(routes.route("/n", "mapped")).isEqualTo(nowhere(ErrorCode.UNKNOWN_EVENT));
    }

    @Test
    void route_mapped_goesToThatVerticleOnly() {
        Announcement right = instance("1", "M", "/", "mapped");

        routes.update(List.of(right, instance("2", "Other", "/", "mapped")));

        assertThat(routes.route("/", "mapped")).isEqualTo(new Route.To(List.of(right), true));
    }

    @Test
    void route_announced_goesToWhoeverAnnouncedItInThatNamespace() {
        Announcement one = instance("1", "X", "/n", "e");
        Announcement two = instance("2", "X", "/n", "e");

        routes.update(List.of(one, two));

        assertThat(routes.route("/n", "e")).isEqualTo(new Route.To(List.of(one, two), true));
        assertThat(routes.route("/", "e")).isEqualTo(nowhere(ErrorCode.UNKNOWN_EVENT));
    }

    @Test
    void route_withdrawn_hasNoHandlerAnyMore() {
        routes.update(List.of(instance("1", "X", "/", "e")));

        routes.update(List.of());

        assertThat(routes.route("/", "e")).isEqualTo(nowhere(ErrorCode.NO_HANDLER));
    }

    @Test
    void route_onSeveralNodes_prefersThisOne() {
        Announcement here = instance("1", "X", "/", "e");
        Announcement there = new Announcement("there", "2", "X", Map.of("/", Set.of("e")));
        Announcement elsewhere = new Announcement("elsewhere", "3", "X", Map.of("/", Set.of("e")));

        routes.update(List.of(here, there, elsewhere));
        assertThat(routes.route("/", "e")).isEqualTo(new Route.To(List.of(here), true));

        routes.update(List.of(there, elsewhere));
        assertThat(routes.route("/", "e")).isEqualTo(new Route.To(List.of(there, elsewhere), false));
    }
}
