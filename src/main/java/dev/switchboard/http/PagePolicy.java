package dev.switchboard.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content security policy of a page, unless the application has its own for all. Where the scripts of a page are all files of this
 * server, others do not run in it, however they got there. For any thread.
 */
final class PagePolicy {
    private static final String EVERY = "object-src 'none'; base-uri 'self'; frame-ancestors 'self'";
    private static final String FILES = "script-src 'self'; form-action 'self'; " + EVERY;

    private static final Pattern SCRIPT =
            Pattern.compile("<script(?=[\\s/>])(?<attributes>[^>]*+)", Pattern.CASE_INSENSITIVE);

    /** A path, or the name of a file beside the page. */
    private static final Pattern FILE =
            Pattern.compile("(?:^|\\s)src\\s*=\\s*+[\"']?+(?!//|[a-z][a-z0-9+.-]*:)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LISTENER =
            Pattern.compile("<[^>]*\\son[a-z]+\\s*=|\\bjavascript:", Pattern.CASE_INSENSITIVE);

    private final Optional<String> own;

    /** @param own the application's for all its pages; {@code ""} for none */
    PagePolicy(Optional<String> own) {
        this.own = own;
    }

    /** Of the text of a page; empty for none. */
    String of(String page) {
        return own.orElseGet(() -> hasFilesOnly(page) ? FILES : EVERY);
    }

    /** Of what is no page, but may be opened as one, such as an image with scripts in it; empty for none. */
    String ofFile() {
        return own.orElse(FILES);
    }

    private static boolean hasFilesOnly(String page) {
        Matcher script = SCRIPT.matcher(page);
        while (script.find()) {
            if (!FILE.matcher(script.group("attributes")).find()) {
                return false;
            }
        }
        return !LISTENER.matcher(page).find();
    }
}
