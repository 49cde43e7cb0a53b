#!/bin/sh
# Builds the handlers, and runs them as conf/app.json says; further options are those of `run`.
set -eu
cd "$(dirname "$0")"
jar=${SWITCHBOARD_JAR:-@jar@}
mvn -q -B compile -Dswitchboard.jar="$jar"
# shellcheck disable=SC2086 # options are separated by blanks
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS-} -jar "$jar" \
    run dev.switchboard.Switchboard -conf conf/app.json -cp target/classes "$@"
