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
       ./run.sh deploy <verticle>           starts or replaces it on running nodes
       ./run.sh undeploy <verticle>         ends it there
       ./run.sh list                        the nodes, and what they handle
       ./run.sh test [--all] [-D...]        all tests (--all: the long ones too); -D and -P go to Maven
       ./run.sh run --help                  the options

JAVA_HOME chooses the JDK (17 or newer), JAVA_OPTS adds options for the JVM.
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
    mv "$built.next" "$built"
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
esac

need "$java" 'install a JDK, 17 or newer, or set JAVA_HOME'
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${version:-0}" -ge 17 ] || fail "$java is version ${version:-unknown}: 17 or newer is needed"
build_if_stale
bring_languages "$@"

quiet= # Netty and Hazelcast use what newer JDKs warn of
[ "$version" -lt 24 ] || quiet=--sun-misc-unsafe-memory-access=allow
# shellcheck disable=SC2086 # options are separated by blanks
exec "$java" $quiet ${JAVA_OPTS-} "-Dswitchboard.home=$home" -jar "$jar" "$@"
