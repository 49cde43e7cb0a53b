package dev.switchboard.deployment;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HandlerDirectory;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verticles of this node. To deploy one that runs already is to replace it: the new version starts first, in a class
 * loader of its own; then the old one gets nothing new, finishes what it has, and ends. Sockets stay connected, and no
 * event is lost, handled twice or out of its order. When the new version does not start, the old one goes on.
 *
 * <p>For any thread; what changes something is done one after the other.
 *
 * <pre>{@code
 * Deployments.of(vertx).deploy(new Order("my.Handler", "my.Handler", Optional.empty(), List.of(classes), …));
 * }</pre>
 */
public final class Deployments implements Shareable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

    /** Under which a configuration tells a handler what is mapped to it. */
    public static final String MAPPING = "switchboard";

    /** How long a verticle may take to start: others wait behind it. */
    private static final int MOST_SECONDS = 60;

    /** Which one it is here, and of which file. */
    record Version(int number, String hash) {}

    private final VertxInternal vertx;
    private final HandlerDirectory directory;
    private final ClassLoader home;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private final Map<String, URLClassLoader> loaders = new ConcurrentHashMap<>();
    private Future<?> turn = Future.succeededFuture();

    private Deployments(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
        this.directory = new HandlerDirectory(vertx);
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        this.home = own == null ? Deployments.class.getClassLoader() : own;
    }

    /** Those of this Vert.x. Whoever asks first says, by its context class loader, where verticles are looked for. */
    public static Deployments of(Vertx vertx) {
        Map<String, Deployments> known = vertx.sharedData().getLocalMap("switchboard.deployments");
        return known.computeIfAbsent("", key -> new Deployments(vertx));
    }

    /**
     * Deploys a verticle, in the place of one that is there.
     *
     * @return what was done, in a line; fails with a {@link DeploymentException}
     */
    public Future<String> deploy(Order order) {
        return inTurn(() -> start(order));
    }

    /**
     * Ends a verticle, after the events that it has.
     *
     * @return what was done, in a line; fails with a {@link DeploymentException}
     */
    public Future<String> undeploy(Order order) {
        return inTurn(() -> {
            List<Running> meant = running(order);
            if (meant.isEmpty()) {
                return Future.failedFuture(new DeploymentException(order.name() + " does not run", null));
            }
            versions.remove(meant.get(0).name());
            return end(meant).map(v -> "undeployed " + meant.get(0).name());
        });
    }

    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> next = turn.transform(before -> work.get());
        turn = next;
        return next;
    }

    private Future<String> start(Order order) {
        List<Running> old = running(order);
        Optional<Running> model = old.stream().findFirst();
        URLClassLoader loader = loader(order.roots(), model.map(Running::loader).orElse(home));
        String verticle = model.map(Running::verticle)
                .filter(known ->
                        order.file().isEmpty() || isFoundAs(known, order.file().get(), loader))
                .orElse(order.verticle());
        DeploymentOptions options = options(order, model).setClassLoader(loader);
        // A verticle that is a source file is compiled first, by the thread that asks for it.
        Future<String> deployed = vertx.executeBlocking(() -> vertx.deployVerticle(verticle, options))
                .compose(id -> id);
        return deployed.timeout(MOST_SECONDS, TimeUnit.SECONDS)
                .onFailure(late -> deployed.onSuccess(vertx::undeploy))
                .recover(cause -> failed(order, verticle, loader, cause))
                .compose(id -> {
                    loaders.put(id, loader);
                    return end(old).map(v -> told(id, old.isEmpty()));
                });
    }

    private Future<String> failed(Order order, String verticle, URLClassLoader loader, Throwable cause) {
        return vertx.executeBlocking(() -> {
            try (loader) {
                Optional<String> inSource = Source.of(verticle, loader)
                        .path()
                        .filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> JavaSource.fault(file, loader));
                throw DeploymentException.of(order.name(), inSource.orElse(null), cause);
            }
        });
    }

    private static boolean isFoundAs(String verticle, Path file, ClassLoader loader) {
        return Source.of(verticle, loader).path().equals(Optional.of(file));
    }

    private static DeploymentOptions options(Order order, Optional<Running> model) {
        DeploymentOptions options = model.map(old -> new DeploymentOptions(old.options()))
                .orElseGet(() -> new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
        order.instances().ifPresent(options::setInstances);
        order.config().ifPresent(given -> {
            JsonObject config = given.copy();
            JsonObject before = options.getConfig();
            if (before != null && before.containsKey(MAPPING)) {
                config.put(MAPPING, before.getValue(MAPPING));
            }
            options.setConfig(config);
        });
        return options;
    }

    /** New, so that it reads everything anew that is not in the program's own jar. */
    private static URLClassLoader loader(List<Path> roots, ClassLoader base) {
        Map<String, URL> urls = new LinkedHashMap<>();
        try {
            for (Path root : roots) {
                URL url = root.toUri().toURL();
                urls.put(url.toString(), url);
            }
        } catch (MalformedURLException e) {
            throw new DeploymentException("cannot be on a class path: " + e.getMessage(), e);
        }
        if (!(base instanceof URLClassLoader parts)) {
            return new URLClassLoader(urls.values().toArray(URL[]::new), base);
        }
        for (URL url : parts.getURLs()) {
            urls.putIfAbsent(url.toString(), url);
        }
        return new URLClassLoader(urls.values().toArray(URL[]::new), parts.getParent());
    }

    private String told(String id, boolean isNew) {
        Running now = all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DeploymentException("it has ended again", null));
        Version before = versions.get(now.name());
        int number = isNew ? 1 : before == null ? 2 : before.number() + 1;
        Version version = new Version(number, now.source().hash());
        versions.put(now.name(), version);
        String line = (isNew ? "deployed " : "replaced ") + now.name() + ", version " + shown(version);
        LOG.info("{}", line);
        return line;
    }

    static String shown(Version version) {
        return version.hash().isEmpty() ? "" + version.number() : version.number() + " (" + version.hash() + ")";
    }

    private Future<?> end(List<Running> old) {
        List<Future<Void>> ends = new ArrayList<>();
        for (Running one : old) {
            ends.add(vertx.undeploy(one.id()).onComplete(ended -> {
                URLClassLoader own = loaders.remove(one.id());
                if (own != null) {
                    close(own);
                }
            }));
        }
        return Future.join(ends).otherwise(cause -> {
            LOG.warn("The old version did not end cleanly", cause);
            return null;
        });
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.warn("A class loader is not closed", e);
        }
    }

    boolean runs(Order order) {
        return !running(order).isEmpty();
    }

    private List<Running> running(Order order) {
        return all().stream().filter(order::means).toList();
    }

    private List<Running> all() {
        List<Announcement> announcements = directory.instances();
        return vertx.deploymentManager().deployments().stream()
                .map(context -> Running.of(context, announcements))
                .sorted(Comparator.comparing(Running::name))
                .toList();
    }

    /** The handlers, and what else was deployed here by order. */
    List<Running> listed() {
        return all().stream()
                .filter(one -> one.isHandler() || versions.containsKey(one.name()))
                .toList();
    }

    /** What it was when this was first asked, or was replaced. */
    Version version(Running one) {
        return versions.computeIfAbsent(
                one.name(), name -> new Version(1, one.source().hash()));
    }
}
