#!/bin/sh
# Builds the handlers, and runs them as conf/app.json says; further options are those of `run`. `types` writes the types of the events.
set -eu
cd "$(dirname "$0")"
jar=${SWITCHBOARD_JAR:-@jar@}
if [ "${1-}" = types ]; then
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$jar" "$@"
fi
mvn -q -B compile -Dswitchboard.jar="$jar"
# shellcheck disable=SC2086 # options are separated by blanks
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS-} -jar "$jar" \
    run dev.switchboard.Switchboard -conf conf/app.json -cp target/classes "$@"
