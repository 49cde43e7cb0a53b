package dev.switchboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {
    @TempDir
    private Path folder;

    private String jar;

    @BeforeEach
    void create() throws IOException {
        jar = Files.createFile(folder.resolve("before.jar")).toString();
    }

    @Test
    void jar_isStartedAsItself() {
        Peer peer = Peer.of(jar);

        assertThat(peer.dialect(0)).isInstanceOf(EventsDialect.class);
        assertThat(peer.command())
                .containsSubsequence("-jar", jar, "bench", "server")
                .doesNotContain("-conf");
    }

    @Test
    void jar_underAnotherName_isStartedAsThat() {
        Peer resume = Peer.of("resume:" + jar);

        assertThat(resume.name()).isEqualTo("resume:" + jar);
        assertThat(resume.command())
                .containsSubsequence("-jar", jar, "bench", "server", "-conf")
                .last()
                .asString()
                .contains("resume");
        assertThat(Peer.of("sockjs:" + jar).dialect(0)).isInstanceOf(SockJsDialect.class);
    }

    @Test
    void twoLoops_isStartedWithTwo() {
        assertThat(Peer.of("two-loops").command()).containsSubsequence("-conf", "{\"http\":{\"instances\":2}}");
    }

    @Test
    void mixed_halfOfItsClientsSpeakSockJs() {
        Peer mixed = Peer.of("mixed:" + jar);

        assertThat(mixed.dialect(0)).isInstanceOf(SockJsDialect.class);
        assertThat(mixed.dialect(1).path("t", 1)).isEqualTo("/sockjs/websocket?token=t");
        assertThat(mixed.dialect(2)).isSameAs(mixed.dialect(0));
    }

    @Test
    void jar_ofSomethingElse_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peer.of("ws:" + jar))
                .withMessageStartingWith("there is no Switchboard 'ws'");
    }

    @Test
    void clusters_keepApart() throws IOException {
        List<String> one = Cluster.options(Files.createDirectory(folder.resolve("one")));
        List<String> other = Cluster.options(Files.createDirectory(folder.resolve("other")));

        assertThat(port(one)).isNotEqualTo(port(other));
    }

    private static String port(List<String> options) throws IOException {
        String file = options.get(options.size() - 1).split("=", 2)[1];
        String xml = Files.readString(Path.of(file));
        return xml.replaceAll("(?s).*<port [^>]*>(\\d+)</port>.*", "$1");
    }
}
