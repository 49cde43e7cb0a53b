package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
    private static NodeOptions parse(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.parseArgs(arguments);
        CommandLine run =
                commandLine.getParseResult().subcommand().commandSpec().commandLine();
        return (NodeOptions) run.getMixins().values().iterator().next();
    }

    @Test
    void parse_singleDash_isTheSameAsDoubleDash() {
        NodeOptions single = parse("run", "X", "-instances", "3", "-worker", "-cp", "a:b", "-cluster", "-join", "h,i");
        NodeOptions twice =
                parse("run", "X", "--instances", "3", "--worker", "--cp", "a:b", "--cluster", "--join", "h,i");
        assertThat(single).usingRecursiveComparison().isEqualTo(twice);
        assertThat(single.instances).isEqualTo(3);
        assertThat(single.worker).isTrue();
        assertThat(single.classPath).isEqualTo("a:b");
        assertThat(single.cluster).isTrue();
        assertThat(single.join).isEqualTo(List.of("h", "i"));
    }

    @Test
    void parse_noOptions_isOneInstanceWithoutCluster() {
        NodeOptions options = parse("run", "X");
        assertThat(options.instances).isEqualTo(1);
        assertThat(options.worker).isFalse();
        assertThat(options.cluster).isFalse();
        assertThat(options.fault()).isNull();
    }

    @Test
    void parse_example_takesTheSameOptions() {
        assertThat(parse("example", "-instances", "2").instances).isEqualTo(2);
        assertThat(parse("example", "chat", "-worker").worker).isTrue();
    }

    @Test
    void example_withoutName_listsThem() {
        StringWriter said = new StringWriter();

        int exitCode = Main.commandLine().setOut(new PrintWriter(said, true)).execute("example");

        assertThat(exitCode).isZero();
        assertThat(said.toString().lines()).isSorted().contains("chat", "thinkjs2-chat", "thinkjs3", "ws-dialogue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-instances 0", "-instances -1", "-join h", "-cluster-host h"})
    void fault_optionsThatCannotBe_isNamed(String options) {
        String[] arguments = ("run X " + options).split(" ", -1);
        assertThat(parse(arguments).fault()).startsWith(arguments[2]);
    }
}
