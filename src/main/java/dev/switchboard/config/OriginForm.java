package dev.switchboard.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How origins are written: as browsers send them (RFC 6454 section 6.1), with {@code *.} before a host for all hosts below
 * it, and {@code *} for any port; {@code *} alone for all. Content-Security-Policy writes them so, too.
 */
final class OriginForm {
    private static final String EXPECTED =
            "scheme://host[:port] without a path, where *. may stand before the host and * for the port, or *";

    private static final Pattern FORM = Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://"
            + "(\\[[0-9a-f:.]+]|(\\*\\.)?[a-z0-9_-][a-z0-9._-]*)(:(?<port>[0-9]{1,5}|\\*))?");

    /** What is longer is no slip of the finger. */
    private static final int LONGEST = 512;

    private OriginForm() {}

    /** The origins under a key, which are one text or a list, in lower case and without a usual port. */
    static List<String> read(Section section, Key key) {
        List<String> origins = new ArrayList<>();
        for (Given entry : key.oneOrMore(EXPECTED)) {
            Optional<String> origin = entry.text().flatMap(OriginForm::parse);
            origin.ifPresentOrElse(
                    origins::add,
                    () -> section.report(
                            entry.where(),
                            entry.fault(EXPECTED).message()
                                    + entry.text().map(OriginForm::hint).orElse("")));
        }
        return List.copyOf(origins);
    }

    private static Optional<String> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher form = FORM.matcher(lower);
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        String port = form.group("port") == null ? "" : form.group("port");
        String usual = form.group("scheme").equals("http")
                ? "80"
                : form.group("scheme").equals("https") ? "443" : "";
        if (!port.isEmpty() && port.equals(usual)) {
            return Optional.of(lower.substring(0, lower.lastIndexOf(':')));
        }
        boolean possible = port.isEmpty() || port.equals("*") || Integer.parseInt(port) <= 65_535;
        return possible ? Optional.of(lower) : Optional.empty();
    }

    /** What was probably meant. */
    private static String hint(String text) {
        if (text.strip().equalsIgnoreCase("null")) {
            return ": files and sandboxed frames have this origin, whoever made them";
        }
        return text.length() > LONGEST
                ? ""
                : parse(meant(text.strip()))
                        .map(origin -> ", did you mean " + Given.quoted(origin) + "?")
                        .orElse("");
    }

    private static String meant(String text) {
        int colon = text.indexOf("://");
        String rest = text.substring(colon < 0 ? 0 : colon + 3).replaceFirst("^/+", "");
        String authority = rest.split("[/?#\\\\]", 2)[0];
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst("^\\*?\\.?(?=.)", "");
        boolean wild = authority.startsWith("*") || authority.startsWith(".");
        if (host.isEmpty() || host.equals("*") || host.equals("*:*")) {
            return "*";
        }
        String scheme = colon < 0 ? (isHere(host) ? "http" : "https") : text.substring(0, colon);
        String origin = scheme + "://" + (wild ? "*." : "") + host;
        return parse(origin).isPresent() ? origin : origin.replaceFirst(":[^:/\\]]*$", "");
    }

    private static boolean isHere(String host) {
        return host.startsWith("localhost") || host.startsWith("127.");
    }
}
