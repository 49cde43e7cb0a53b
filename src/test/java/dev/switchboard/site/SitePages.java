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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pages that Maven has made, with the anchors and paths that links in a repository have. {@code run.sh site} starts it from
 * its source, with the folder of the pages.
 *
 * <p>Maven calls the heading "The cluster's ports" {@code The_cluster.27s_ports}, viewers of repositories call it {@code
 * the-clusters-ports}; and what stands in {@code ../resources} beside the sources stands beside the pages in the site. Then
 * it looks for links that lead nowhere, and for what a page would load from elsewhere. The exit status is 0 when there is
 * none.
 */
final class SitePages {
    private static final Pattern HEADING =
            Pattern.compile("<a id=\"[^\"]*\"></a>\\s*<(h[1-6])>(.*?)</\\1>", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("<(\\w+)\\b[^>]*?\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern STYLE_FROM_ELSEWHERE =
            Pattern.compile("(?:url\\(|@import)\\s*['\"]?(?:https?:)?//[^)'\"]*");

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
    static List<String> finish(Path folder) throws IOException {
        SitePages site = new SitePages(folder);
        site.finish();
        return site.faults;
    }

    private void finish() throws IOException {
        for (Path file : files(".html")) {
            String page = mended(Files.readString(file));
            Files.writeString(file, page);
            pages.put(file, page);
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
