package dev.switchboard.launch;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What {@code -conf} takes: a JSON object itself, or the name of a file that holds one. */
final class Configuration {
    private Configuration() {}

    /**
     * Example: {@code parse("{\"http\":{\"port\":0}}", …)}, {@code parse("conf/chat.json", …)}.
     *
     * @throws LaunchException when there is no such file or it holds no JSON object
     */
    static JsonObject parse(String fileOrJson, SearchPath searchPath) {
        if (fileOrJson.stripLeading().startsWith("{")) {
            return decode("-conf", fileOrJson);
        }
        String text = searchPath.text(fileOrJson);
        if (text == null) {
            throw new LaunchException(fileOrJson + ": no such file");
        }
        return decode(fileOrJson, text);
    }

    /** A configuration that comes along, with what is to be different: another file, or JSON. */
    static JsonObject parse(String file, String changes, SearchPath searchPath) {
        return parse(file, searchPath).mergeIn(parse(changes, searchPath), true);
    }

    private static JsonObject decode(String source, String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException fault) {
            if (fault.getCause() instanceof JsonProcessingException syntax) {
                throw new LaunchException(source + place(syntax.getLocation()) + ": " + reason(syntax), fault);
            }
            throw new LaunchException(source + ": not a JSON object", fault);
        }
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Jackson also tells where the surrounding object begins, in words for programmers. */
    private static String reason(JsonProcessingException syntax) {
        return Faults.firstLine(syntax.getOriginalMessage()).replaceFirst(" \\(for \\w+ starting at .*\\)", "");
    }
}
