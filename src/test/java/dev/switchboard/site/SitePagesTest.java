package dev.switchboard.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages as Maven makes them. */
final class SitePagesTest {
    @TempDir
    private Path folder;

    private void page(String name, String html) throws IOException {
        Files.writeString(folder.resolve(name), html);
    }

    @Test
    void finish_linkToHeading_leadsThere() throws IOException {
        page(
                "a.html",
                "<p><a href=\"b.html#the-clusters-ports\">it</a> <a href=\"#a-b\">and</a></p>"
                        + "<a id=\"a.2Fb\"></a>\n<h2><code>a</code> &amp; b</h2><a id=\"x\"></a>\n<h1>a b</h1>");
        page("b.html", "<section><a id=\"The_cluster.27s_ports\"></a>\n<h3>The cluster's ports</h3></section>");

        assertThat(SitePages.finish(folder)).isEmpty();
        assertThat(folder.resolve("b.html"))
                .hasContent("<section><h3 id=\"the-clusters-ports\">The cluster's ports</h3></section>");
        assertThat(SitePages.finish(folder)).as("a second time").isEmpty();
    }

    @Test
    void finish_sameHeadingTwice_hasTwoAnchors() throws IOException {
        page(
                "a.html",
                "<a href=\"#one\">1</a> <a href=\"#one-1\">2</a>"
                        + "<a id=\"One\"></a>\n<h2>One</h2><a id=\"One_2\"></a>\n<h2>One</h2>");

        assertThat(SitePages.finish(folder)).isEmpty();
    }

    @Test
    void finish_picture_isBesideThePages() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        page("images/one.png", "");
        page("a.html", "<img src=\"../resources/images/one.png\" alt=\"one\" />");

        assertThat(SitePages.finish(folder)).isEmpty();
        assertThat(folder.resolve("a.html")).content().contains("src=\"images/one.png\"");
    }

    @Test
    void finish_deadLinks_areTold() throws IOException {
        page(
                "a.html",
                "<a href=\"b.html\">1</a> <a class=\"x\" href=\"a.html#none\">2</a> <a href=\"../README.md\">3</a>");

        assertThat(SitePages.finish(folder))
                .containsExactly(
                        "a.html leads to b.html, which is not there",
                        "a.html leads to a.html#none, a heading that is not there",
                        "a.html leads to ../README.md, which is not there");
    }

    @Test
    void finish_whatIsLoadedFromElsewhere_isTold() throws IOException {
        page(
                "a.html",
                "<a href=\"https://example.com/\">may be</a><script src=\"//example.com/a.js\"></script>"
                        + "<link rel=\"stylesheet\" href=\"https://example.com/a.css\" />");
        page("a.css", "@import 'https://example.com/b.css'; .a { background: url(./b.png) }");

        assertThat(SitePages.finish(folder))
                .containsExactly(
                        "a.html loads //example.com/a.js",
                        "a.html loads https://example.com/a.css",
                        "a.css loads @import 'https://example.com/b.css");
    }

    @Test
    void finish_withASearch_indexesSections_andEachPageLoadsTheScript() throws IOException {
        Files.createDirectories(folder.resolve("js"));
        page("js/search.js", "");
        page(
                "a.html",
                "<head></head><body>Menu<main id=\"bodyColumn\"><a id=\"A\"></a><h1>A page</h1><p>First.</p>"
                        + "<a id=\"B\"></a><h2>The <code>b</code></h2><pre>x &lt; \"y\"</pre></main>Foot</body>");

        assertThat(SitePages.finish(folder)).isEmpty();
        assertThat(folder.resolve("a.html")).content().containsOnlyOnce("js/search.js");
        assertThat(folder.resolve("js/search-index.js")).content().isEqualTo("""
                window.switchboardSections = [
                ["a.html","","A page","A page","First."],
                ["a.html","the-b","A page","The b","x < \\"y\\""]
                ];
                """);
        SitePages.finish(folder);
        assertThat(folder.resolve("a.html")).as("a second time").content().containsOnlyOnce("js/search.js");
    }
}
