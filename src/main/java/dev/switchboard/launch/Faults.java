package dev.switchboard.launch;

import io.vertx.core.Deployable;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong, for a person at a terminal. */
final class Faults {
    /** Its message is a readable list of all faults of a configuration. */
    private static final String CONFIGURATION = "dev.switchboard.config.ConfigurationException";

    private Faults() {}

    /** One line; only a configuration may have more to say. */
    static String describe(Throwable fault) {
        Throwable readable = find(fault, cause -> cause.getClass().getName().equals(CONFIGURATION));
        return readable == null ? firstLine(reason(fault)) : reason(readable);
    }

    /** Why a verticle did not start. */
    static String failedDeployment(String verticle, JsonObject configuration, Throwable fault) {
        String reason = firstLine(reason(fault));
        Throwable refused = find(fault, Faults::isRefused);
        if (refused != null) {
            return unavailable(firstLine(reason(refused)), fault, configuration);
        }
        if (fault instanceof ClassNotFoundException && verticle.endsWith(reason)) {
            return "unknown verticle '" + verticle + "': no such class, and no verticle factory that knows this name";
        }
        if (fault instanceof ClassCastException && reason.contains(Deployable.class.getName())) {
            return verticle + " is not a verticle";
        }
        boolean justAName = fault instanceof ClassNotFoundException || fault instanceof LinkageError;
        return "cannot start " + verticle + ": " + (justAName ? fault.getClass().getSimpleName() + ": " : "") + reason;
    }

    /** Linux's own event polling has its own exception. */
    private static boolean isRefused(Throwable cause) {
        return cause instanceof BindException || reason(cause).contains("Address already in use");
    }

    /** The JDK does not say which port it was; a verticle that does is quoted. */
    private static String unavailable(String reason, Throwable fault, JsonObject configuration) {
        Throwable quoted = find(fault, cause -> reason(cause).startsWith("port "));
        if (quoted != null) {
            return firstLine(reason(quoted));
        }
        return reason.contains("in use") ? port(configuration) + " is in use" : "cannot listen: " + reason;
    }

    private static String port(JsonObject configuration) {
        Object http = configuration.getValue("http");
        Object fromFile =
                http instanceof JsonObject section ? section.getValue("port") : configuration.getValue("port");
        String fromEnvironment = System.getenv("SWITCHBOARD_HTTP_PORT");
        Object port = fromEnvironment == null ? fromFile : fromEnvironment;
        return port == null ? "a port" : "port " + port;
    }

    static String reason(Throwable fault) {
        String message = fault.getMessage();
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
    }

    static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    private static @Nullable Throwable find(Throwable fault, Predicate<Throwable> wanted) {
        return Stream.<@Nullable Throwable>iterate(fault, cause -> cause != null, Throwable::getCause)
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }
}
