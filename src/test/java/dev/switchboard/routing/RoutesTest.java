package dev.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Announcement;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.NamespaceMeters;
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

    private final Meters meters = new Meters();
    private final Routes routes = new Routes("here", NAMESPACES, meters);

    private static Announcement instance(String id, String handler, String namespace, String... events) {
        return new Announcement("here", id, handler, Map.of(namespace, Set.of(events)));
    }

    private static void assertNowhere(Route route, ErrorCode why) {
        assertThat(route)
                .isInstanceOfSatisfying(
                        Route.Nowhere.class,
                        nowhere -> assertThat(nowhere.why()).isEqualTo(why));
    }

    private static void assertTo(Route route, List<Announcement> instances, boolean here) {
        assertThat(route).isInstanceOfSatisfying(Route.To.class, to -> {
            assertThat(to.instances()).isEqualTo(instances);
            assertThat(to.here()).isEqualTo(here);
        });
    }

    @Test
    void route_isCountedByTheNamesOfTheConfiguration() {
        NamespaceMeters counted = meters.namespace(NAMESPACES.get("/"));
        assertThat(routes.route("/", "mapped").meters()).isSameAs(counted.event("mapped"));

        routes.update(List.of(instance("1", "M", "/", "mapped"), instance("2", "X", "/", "announced")));

        assertThat(routes.route("/", "mapped").meters())
                .isSameAs(counted.event("mapped"))
                .isNotSameAs(counted.other());
        assertThat(routes.route("/", "announced").meters()).isSameAs(counted.other());
        assertThat(routes.route("/", "a client's own").meters()).isSameAs(counted.other());
        assertThat(routes.route("/elsewhere", "mapped").meters()).isSameAs(EventMeters.none());
    }

    @Test
    void route_mappedButNotRunning_hasNoHandler() {
        assertNowhere(routes.route("/", "mapped"), ErrorCode.NO_HANDLER);
        assertNowhere(routes.route("/", "other"), ErrorCode.UNKNOWN_EVENT);
        assertNowhere(routes.route("/n", "mapped"), ErrorCode.UNKNOWN_EVENT);
    }

    @Test
    void route_mapped_goesToThatVerticleOnly() {
        Announcement right = instance("1", "M", "/", "mapped");

        routes.update(List.of(right, instance("2", "Other", "/", "mapped")));

        assertTo(routes.route("/", "mapped"), List.of(right), true);
    }

    @Test
    void route_announced_goesToWhoeverAnnouncedItInThatNamespace() {
        Announcement one = instance("1", "X", "/n", "e");
        Announcement two = instance("2", "X", "/n", "e");

        routes.update(List.of(one, two));

        assertTo(routes.route("/n", "e"), List.of(one, two), true);
        assertNowhere(routes.route("/", "e"), ErrorCode.UNKNOWN_EVENT);
    }

    @Test
    void route_withdrawn_hasNoHandlerAnyMore() {
        routes.update(List.of(instance("1", "X", "/", "e")));

        routes.update(List.of());

        assertNowhere(routes.route("/", "e"), ErrorCode.NO_HANDLER);
    }

    @Test
    void route_onSeveralNodes_prefersThisOne() {
        Announcement here = instance("1", "X", "/", "e");
        Announcement there = new Announcement("there", "2", "X", Map.of("/", Set.of("e")));
        Announcement elsewhere = new Announcement("elsewhere", "3", "X", Map.of("/", Set.of("e")));

        routes.update(List.of(here, there, elsewhere));
        assertTo(routes.route("/", "e"), List.of(here), true);

        routes.update(List.of(there, elsewhere));
        assertTo(routes.route("/", "e"), List.of(there, elsewhere), false);
    }
}
