package dev.switchboard.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages that Maven has made, with the anchors and paths that links in a repository have. {@code run.sh site} starts it from
 * its source, with the folder of the pages.
 *
 * <p>Where {@code js/search.js} is there, each page gets it, and it gets its index: the sections of all pages.
 *
 * <p>Maven calls the heading "The cluster's ports" {@code The_cluster.27s_ports}, viewers of repositories call it {@code
 * the-clusters-ports}; and what stands in {@code ../resources} beside the sources stands beside the pages in the site. Then
 * it looks for links that lead nowhere, and for what a page would load from elsewhere. The exit status is 0 when there is
 * none.
 */
public final class SitePages {
    private static final Pattern HEADING =
            Pattern.compile("<a id=\"[^\"]*\"></a>\\s*<(h[1-6])>(.*?)</\\1>", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("<(\\w+)\\b[^>]*?\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern STYLE_FROM_ELSEWHERE =
            Pattern.compile("(?:url\\(|@import)\\s*['\"]?(?:https?:)?//[^)'\"]*");

    private static final Pattern MAIN = Pattern.compile("<main\\b.*</main>", Pattern.DOTALL);
    private static final Pattern TITLED = Pattern.compile("<h[1-6] id=\"([^\"]+)\">(.*?)</h[1-6]>", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(?:amp|lt|gt|quot|nbsp|#(\\d+)|#x([0-9a-fA-F]+));");
    private static final String SCRIPT = "<script defer=\"defer\" src=\"js/search.js\"></script>";

    private final Path folder;
    private final Map<Path, String> pages = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int links;

    private SitePages(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        SitePages site = new SitePages(Path.of(args[0]));
        site.finish();
        site.faults.forEach(System.err::println);
        System.out.println(
                site.pages.size() + " pages, " + site.links + " links, " + site.faults.size() + " of them dead");
        System.exit(site.faults.isEmpty() && !site.pages.isEmpty() ? 0 : 1);
    }

    /** Mends the pages of a folder, and returns what is wrong with them all the same. */
    public static List<String> finish(Path folder) throws IOException {
        SitePages site = new SitePages(folder);
        site.finish();
        return site.faults;
    }

    private void finish() throws IOException {
        boolean searches = Files.isRegularFile(folder.resolve("js/search.js"));
        for (Path file : files(".html")) {
            String page = mended(Files.readString(file));
            if (searches && !page.contains(SCRIPT)) {
                page = page.replaceFirst("(?=</head>)", SCRIPT);
            }
            Files.writeString(file, page);
            pages.put(file, page);
        }
        if (searches) {
            Files.writeString(folder.resolve("js/search-index.js"), index());
        }
        pages.forEach(this::check);
        for (Path file : files(".css")) {
            Matcher style = STYLE_FROM_ELSEWHERE.matcher(Files.readString(file));
            while (style.find()) {
                fault(file, "loads " + style.group());
            }
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::normalize)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String mended(String page) {
        Set<String> taken = new HashSet<>();
        return HEADING.matcher(page)
                .replaceAll(heading -> Matcher.quoteReplacement("<" + heading.group(1) + " id=\""
                        + free(anchor(heading.group(2)), taken) + "\">" + heading.group(2) + "</" + heading.group(1)
                        + ">"))
                .replace("=\"../resources/", "=\"");
    }

    /** What viewers of repositories call a heading. */
    private static String anchor(String heading) {
        return heading.replaceAll("<[^>]*>", "")
                .replaceAll("&#?\\w+;", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String free(String anchor, Set<String> taken) {
        String name = anchor;
        for (int again = 1; !taken.add(name); again++) {
            name = anchor + "-" + again;
        }
        return name;
    }

    /** All sections, for a script: page, anchor, title of the page, heading, text. */
    private String index() {
        List<String> sections = new ArrayList<>();
        new TreeMap<>(pages).forEach((file, html) -> {
            String page = folder.normalize().relativize(file).toString();
            Matcher main = MAIN.matcher(html);
            String text = main.find() ? main.group() : html;
            List<MatchResult> headings = TITLED.matcher(text).results().toList();
            String title = headings.isEmpty() ? page : plain(headings.get(0).group(2));
            for (int n = 0; n < headings.size(); n++) {
                MatchResult heading = headings.get(n);
                int end = n + 1 < headings.size() ? headings.get(n + 1).start() : text.length();
                sections.add(Stream.of(
                                page,
                                n == 0 ? "" : heading.group(1),
                                title,
                                plain(heading.group(2)),
                                plain(text.substring(heading.end(), end)))
                        .map(SitePages::quoted)
                        .collect(Collectors.joining(",", "[", "]")));
            }
        });
        return sections.stream().collect(Collectors.joining(",\n", "window.switchboardSections = [\n", "\n];\n"));
    }

    private static String plain(String html) {
        String text = html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(MatchResult entity) {
        if (entity.group(1) != null) {
            return Character.toString(Integer.parseInt(entity.group(1)));
        } else if (entity.group(2) != null) {
            return Character.toString(Integer.parseInt(entity.group(2), 16));
        }
        return switch (entity.group()) {
            case "&lt;" -> "<";
            case "&gt;" -> ">";
            case "&quot;" -> "\"";
            case "&nbsp;" -> " ";
            default -> "&";
        };
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\u2028", " ")
                        .replace("\u2029", " ") + "\"";
    }

    private void check(Path page, String html) {
        Matcher link = LINK.matcher(html);
        while (link.find()) {
            links++;
            String to = link.group(2).replace("&amp;", "&");
            if (!ELSEWHERE.matcher(to).matches()) {
                follow(page, to);
            } else if (!link.group(1).equals("a")) {
                fault(page, "loads " + to);
            }
        }
    }

    private void follow(Path page, String to) {
        int hash = to.indexOf('#');
        String path = hash < 0 ? to : to.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!target.startsWith(folder.normalize()) || !Files.isRegularFile(target)) {
            fault(page, "leads to " + to + ", which is not there");
        } else if (hash >= 0 && hash + 1 < to.length() && !ids(target).contains(to.substring(hash + 1))) {
            fault(page, "leads to " + to + ", a heading that is not there");
        }
    }

    private Set<String> ids(Path page) {
        Set<String> ids = new HashSet<>();
        Matcher id = ID.matcher(pages.getOrDefault(page, ""));
        while (id.find()) {
            ids.add(id.group(1));
        }
        return ids;
    }

    private void fault(Path page, String what) {
        faults.add(folder.normalize().relativize(page) + " " + what);
    }
}
