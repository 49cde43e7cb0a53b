#!/bin/sh
# Builds Switchboard when its sources have changed, and runs it in the caller's working directory.
set -eu

self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")" && pwd -P)
jar=$home/target/switchboard.jar
built=$home/target/.built # its time is the start of the build that made the jar
log=$home/target/build.log

usage() {
    cat <<'TEXT'
Usage: ./run.sh                             the chat example, on http://localhost:8080
       ./run.sh example <name> [options]    an example: conf/<name>.json
       ./run.sh example                     the names of the examples
       ./run.sh run <verticle> [options]    any verticle: a class, a .java file, a name for a verticle factory
       ./run.sh run <verticle> -cluster     the same as a node of a cluster
       ./run.sh new DIR                     a project of your own, with a handler, a page and a test
       ./run.sh deploy <verticle>           starts or replaces it on running nodes
       ./run.sh undeploy <verticle>         ends it there
       ./run.sh list                        the nodes, and what they handle
       ./run.sh client URL [options]        a client in the terminal; --help tells more
       ./run.sh types [options]             TypeScript and Java records of the declared events; --help tells more
       ./run.sh keys DIR [HOST ...]         an authority and a key pair per node, for cluster.tls
       ./run.sh bench [job ...] [options]   how fast it is beside other servers; --help tells more
       ./run.sh bench micro [options]       how fast its parts are; the options are those of JMH
       ./run.sh bench server [options]      a server that load generators can drive
       ./run.sh test [--all] [-D...]        all tests (--all: the long ones too); -D and -P go to Maven
       ./run.sh fuzz|soak [options]         hostile input (--tries N, --seed S); a crowd for hours (--minutes N)
       ./run.sh chaos [options]             nodes that break under clients that count (--minutes N, --seed S)
       ./run.sh conformance [websocket|sockjs|socketio]
                                            the protocols to the letter: passed and failed of each suite
                                            (socketio --against URL: of another server, such as the reference)
       ./run.sh site                        the documentation as a site: target/site/index.html
       ./run.sh run --help                  the options

JAVA_HOME chooses the JDK (17 or newer), JAVA_OPTS adds options for the JVM.
SWITCHBOARD_LOG_FORMAT=json logs JSON, a line each.
TEXT
}

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || fail "$1 not found: $2"
}

fresh() {
    [ -f "$jar" ] && [ -f "$built" ] &&
        [ -z "$(cd "$home" && find pom.xml .mvn src/main webroot -newer "$built" 2>/dev/null | head -n 1)" ]
}

build() {
    need "$javac" 'building needs a JDK, 17 or newer (PATH or JAVA_HOME)'
    need mvn 'building needs Maven, 3.8 or newer'
    echo 'Building Switchboard; the first time takes a few minutes.' >&2
    touch "$built.next"
    rm -f "$jar" # not overwritten: a node may be running from it
    (cd "$home" && exec mvn -B package -Dmaven.test.skip=true) >"$log" 2>&1 9>&- &
    maven=$!
    trap 'kill "$maven"; exit 143' HUP INT TERM
    if ! wait "$maven"; then
        grep -E '^\[(ERROR|WARNING)\] .' "$log" | grep -v 'Help 1\|e-run Maven\|possible solutions' >&2 || cat "$log" >&2
        fail "the build failed; all that Maven said is in $log"
    fi
    trap - HUP INT TERM
    archive
    mv "$built.next" "$built"
}

# The classes that a start loads, ready for this very JVM, which maps them in instead of reading them; without it all works.
# What the caller's environment says is for his node, not for this one.
archive() {
    rm -f "$home"/target/classes-*
    # shellcheck disable=SC2086 # none, or one option
    if env -i "PATH=$PATH" "HOME=${HOME-}" "$java" $quiet "$keep=$classes.$$" -Dswitchboard.log=error -jar "$jar" archive >>"$log" 2>&1 9>&-; then
        mv "$classes.$$" "$classes"
    else
        rm -f "$classes.$$"
    fi
}

# Of several started at once, one builds.
build_if_stale() {
    if ! fresh; then
        mkdir -p "$home/target"
        exec 9>"$home/target/.lock"
        if command -v flock >/dev/null; then flock 9; fi
        fresh || build
        exec 9>&-
    fi
}

# Whether a script of a language is named by the arguments, or by a configuration among them.
names_script() (
    language=$1
    shift
    for word; do
        case $word in
            "$language":* | *."$language" | *"\"$language:"* | *".$language\""*) exit 0 ;;
        esac
        for file in "$word" "$home/$word" "$home/conf/$word.json"; do
            if [ -f "$file" ] && grep -Eq "\"$language:|\.$language\"" "$file"; then exit 0; fi
        done
    done
    exit 1
)

# Puts the jars of a language beside ours, where the first script of the language looks for them.
bring_language() {
    jars=$home/target/languages/$1
    [ ! -d "$jars" ] || return 0
    need mvn "the jars of $1 come by Maven, 3.8 or newer"
    echo "Fetching the jars of $1; the first time takes a while." >&2
    mkdir -p "$home/target/languages"
    (cd "$home" && mvn -B dependency:copy-dependencies -DincludeGroupIds="$2" -DoutputDirectory="$jars.$$") >"$log" 2>&1 9>&- ||
        { grep '^\[ERROR\] .' "$log" >&2; fail "the jars of $1 are not to be had; all that Maven said is in $log"; }
    mv "$jars.$$" "$jars" 2>/dev/null || rm -rf "$jars.$$" # another was faster
}

bring_languages() {
    if names_script js "$@"; then bring_language js org.graalvm; fi
    if names_script groovy "$@"; then bring_language groovy org.apache.groovy; fi
}

install_js() (
    cd "$home/src/test/js"
    if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
        echo 'run.sh: no node or npm: tests with JavaScript clients are skipped' >&2
    elif [ -n "$(find package-lock.json -newer node_modules/.package-lock.json 2>&1)" ]; then
        npm ci --no-audit --no-fund --prefer-offline || echo 'run.sh: npm ci failed: tests that need it will say so' >&2
    fi
)

run_tests() {
    need "$javac" 'the tests need a JDK, 17 or newer (PATH or JAVA_HOME)'
    need mvn 'the tests need Maven, 3.8 or newer'
    profile=
    if [ "${1-}" = --all ]; then
        profile=-Pall
        shift
    else
        echo 'run.sh: the long tests are skipped; --all runs them' >&2
    fi
    install_js
    command -v chromium >/dev/null || echo 'run.sh: no chromium: tests in a browser are skipped' >&2
    PATH=$PATH:/usr/sbin command -v nginx >/dev/null || echo 'run.sh: no nginx: tests behind it are skipped' >&2
    export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
    cd "$home"
    exec mvn -B verify ${profile:+"$profile"} "$@"
}

# Tables of settings and meters are filled with what the jar declares; Maven makes the pages; links in them are made those of a site, and
# are followed.
make_site() {
    need "$javac" 'the site needs a JDK, 17 or newer (PATH or JAVA_HOME)'
    need mvn 'the site needs Maven, 3.8 or newer'
    cd "$home"
    rm -rf target/site target/pages
    "$javac" -proc:none -d target/pages -cp "$jar" -sourcepath src/test/java src/test/java/dev/switchboard/site/PageTables.java
    "$java" -cp "target/pages:$jar" -Dswitchboard.log=error dev.switchboard.site.PageTables README.md src/site/markdown/*.md
    mvn -B site >"$log" 2>&1 ||
        { grep '^\[ERROR\] .' "$log" >&2; fail "the site cannot be built; all that Maven said is in $log"; }
    "$java" src/test/java/dev/switchboard/site/SitePages.java target/site || fail 'the site has dead links'
    echo "$home/target/site/index.html"
}

drill_profile=

# Programs among the tests: the JDK runs what Maven compiles.
run_drill() {
    need "$javac" 'the tests need a JDK, 17 or newer (PATH or JAVA_HOME)'
    need mvn 'the tests need Maven, 3.8 or newer'
    program=$1
    shift
    mkdir -p "$home/target"
    (cd "$home" && exec mvn -B ${drill_profile:+"$drill_profile"} test-compile dependency:build-classpath -Dmdep.outputFile=target/tests.classpath) >"$log" 2>&1 ||
        { grep '^\[ERROR\] .' "$log" >&2; fail "the tests cannot be built; all that Maven said is in $log"; }
    cd "$home"
    # shellcheck disable=SC2086 # options are separated by blanks
    exec "$java" -Xmx1g -Dswitchboard.log=error ${JAVA_OPTS-} \
        -cp "target/test-classes:target/classes:$(cat target/tests.classpath)" "$program" "$@"
}

# Runs what ends with this script.
attend() {
    "$@" &
    child=$!
    trap 'kill "$child"; exit 143' HUP INT TERM
    if wait "$child"; then status=0; else status=$?; fi
    trap - HUP INT TERM
    return $status
}

# The suite is a program of its own; its jars come once, and its server ends with it.
test_websocket() {
    suite=$home/target/conformance/websocket
    if [ ! -d "$suite/jars" ]; then
        need mvn 'the jars of the suite come by Maven, 3.8 or newer'
        echo 'Fetching the jars of the Autobahn test suite; the first time takes a while.' >&2
        mkdir -p "$suite"
        attend mvn -B -Pconformance dependency:copy-dependencies -DoutputDirectory="$suite/jars.$$" \
            -DincludeGroupIds=me.normanmaurer.maven.autobahntestsuite,org.python >"$log" 2>&1 || {
            grep '^\[ERROR\] .' "$log" >&2
            fail "the jars of the suite are not to be had; all that Maven said is in $log"
        }
        mv "$suite/jars.$$" "$suite/jars"
    fi
    rm -rf "$suite/reports"
    attend "$java" ${quiet:+"$quiet"} -Dswitchboard.log=error -cp "$jar" \
        src/test/java/dev/switchboard/conformance/WebSocketSuite.java "$suite/jars" "$suite/reports"
}

# A number out of what failsafe says.
counted() {
    number=$(sed -n "s/.*<$1>\([0-9]*\)<.*/\1/p" "$summary" 2>/dev/null) || true
    echo "${number:-0}"
}

# The tests with a tag of this name, which are the suite of a protocol.
test_protocol() {
    need "$javac" 'the tests need a JDK, 17 or newer (PATH or JAVA_HOME)'
    need mvn 'the tests need Maven, 3.8 or newer'
    name=$1
    title=$2
    shift 2
    reports=$home/target/conformance/$name
    summary=$home/target/failsafe-reports/failsafe-summary.xml
    mkdir -p "$reports"
    rm -f "$summary"
    ran=0
    attend mvn -B test-compile failsafe:integration-test failsafe:verify \
        -Dintegration.tags="conformance-$name" -Dtests.excluded= "$@" >"$reports/maven.log" 2>&1 || ran=1
    failed=$(($(counted errors) + $(counted failures)))
    passed=$(($(counted completed) - failed - $(counted skipped)))
    echo "$title: $passed passed, $failed failed" | tee "$reports/report.txt"
    # What ran no test has shown nothing.
    if [ $ran -ne 0 ] || [ "$failed" -ne 0 ] || [ "$passed" -eq 0 ]; then
        echo "  see $reports/maven.log" >&2
        return 1
    fi
}

conformance() {
    bad=0
    cd "$home"
    suites=${1:-websocket sockjs socketio}
    for suite in $suites; do
        case $suite in
            websocket) test_websocket ;;
            sockjs) test_protocol sockjs 'SockJS protocol 0.3.3' ;;
            socketio) test_protocol socketio 'Engine.IO protocols 4 and 3, Socket.IO protocols 5 and 4' ${2:+"-Dsocketio.against=$2"} ;;
        esac || bad=1
    done
    exit $bad
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac

case ${1-} in
    -h | -help | --help | help)
        usage
        exit
        ;;
    test)
        shift
        run_tests "$@"
        ;;
    fuzz) shift && run_drill dev.switchboard.fuzz.Main "$@" ;;
    chaos)
        shift
        install_js
        run_drill dev.switchboard.chaos.Chaos "$@"
        ;;
    soak) shift && run_drill dev.switchboard.it.Soak "$@" ;;
    bench)
        case ${2-} in
            server) ;;
            micro) shift 2 && run_drill dev.switchboard.bench.micro.Main "$@" ;;
            *) shift && install_js && drill_profile=-Pbench && run_drill dev.switchboard.bench.load.Main "$@" ;;
        esac
        ;;
    conformance)
        case ${2-} in
            '' | websocket | sockjs | socketio) ;;
            *) fail "there is no suite '$2': websocket, sockjs or socketio" ;;
        esac
        case ${3-} in
            '') ;;
            --against) [ "$2" = socketio ] && [ -n "${4-}" ] || fail '--against URL is for the suite socketio' ;;
            *) fail "unknown option '$3'" ;;
        esac
        ;;
esac

# Which JVM it is; what lies beside it tells sooner than to start it and ask.
describe_jvm() {
    place=$(readlink -f "$(command -v "$java")" 2>/dev/null) || place=
    place=${place%/bin/java}
    if [ -f "$place/release" ] && [ -f "$place/lib/server/libjvm.so" ]; then
        cat "$place/release"
        ls -l "$place/lib/server/libjvm.so"
    else
        "$java" -version 2>&1
    fi
}

need "$java" 'install a JDK, 17 or newer, or set JAVA_HOME'
jvm=$(describe_jvm)
version=$(echo "$jvm" | sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p; s/.* version "\([0-9]*\).*/\1/p' | head -n 1)
classes=$home/target/classes-$(echo "$jvm" | cksum | cut -d ' ' -f 1)
[ "${version:-0}" -ge 17 ] || fail "$java is version ${version:-unknown}: 17 or newer is needed"
quiet= # Netty and Hazelcast use what newer JDKs warn of
[ "$version" -lt 24 ] || quiet=--sun-misc-unsafe-memory-access=allow
if [ "$version" -lt 25 ]; then
    keep=-XX:ArchiveClassesAtExit # JEP 350
    share="-XX:SharedArchiveFile=$classes"
    unfit='-Xlog:cds*=off'
else
    keep=-XX:AOTCacheOutput # JEP 514: classes that are linked, too
    share="-XX:AOTCache=$classes"
    unfit='-Xlog:aot*=off'
fi
build_if_stale
if [ "${1-}" = conformance ]; then
    conformance "${2-}" "${4-}"
fi
if [ "${1-}" = site ]; then
    make_site
    exit
fi
bring_languages "$@"

# One that is older than the jar does not fit, nor may it with JAVA_OPTS; the JVM then does without, and need not tell.
[ -n "$(find "$classes" -newer "$jar" 2>/dev/null)" ] || share=

# shellcheck disable=SC2086 # options are separated by blanks
exec "$java" $quiet ${share:+"$share" "$unfit"} ${JAVA_OPTS-} "-Dswitchboard.home=$home" -jar "$jar" "$@"
