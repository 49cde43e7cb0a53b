package dev.switchboard.it;

import dev.switchboard.Audience;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Namespace;
import dev.switchboard.Switchboard;
import dev.switchboard.launch.Program;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server in a JVM of its own: what {@code /pub} says, {@code /sub} hears; and it tells what memory it uses. */
final class StallServer {
    private StallServer() {}

    static Program start(Path folder, String heap, JsonObject configuration) throws IOException {
        return Program.start(
                folder,
                Map.of(),
                List.of(
                        Program.JAVA,
                        "-Xmx" + heap,
                        "-Dswitchboard.log=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StallServer.class.getName(),
                        configuration.encode()));
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Switchboard server = new Switchboard();
        vertx.deployVerticle(server, new DeploymentOptions().setConfig(new JsonObject(args[0])))
                .compose(v -> vertx.deployVerticle(new Speaker()))
                .onSuccess(v -> System.out.println("port " + server.port()))
                .onFailure(Throwable::printStackTrace);
    }

    private static final class Speaker extends EventVerticle {
        @Override
        protected String namespaceName() {
            return "/pub";
        }

        @Override
        protected void events(Events on) {
            on.event("say", (socket, data) -> listeners().emit("said", data));
            on.event("memory", (socket, data) -> memory());
        }

        private Audience listeners() {
            return Namespace.of(vertx, "/sub").all();
        }

        /** Bytes of the heap that are in use after a collection, and of the memory outside of it that Netty has. */
        private static Future<JsonObject> memory() {
            System.gc();
            System.gc();
            return Future.succeededFuture(new JsonObject()
                    .put(
                            "heap",
                            ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed())
                    .put("direct", PlatformDependent.usedDirectMemory()));
        }
    }
}
