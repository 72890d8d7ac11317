#!/bin/sh
# smartlead-bulk: ./run.sh COMMAND …   (./run.sh --help lists the commands)
#
# Builds with the Maven wrapper where there is no build yet or a source is newer, then becomes the program, so that
# signals and exit codes pass through. JAVA_HOME names the JDK, JAVA_OPTS adds options such as -Xmx64m.
set -eu

self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
here=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd)
builds="$here/target/run"

fail() {
  echo "run.sh: $1" >&2
  exit 2
}

if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
else
  java=$(command -v java) || fail "no Java found: install a JDK 17 or newer, or set JAVA_HOME"
fi

is_current() {
  [ -f "$builds/current" ] && [ -f "$builds/$(cat "$builds/current")/smartlead-bulk.jar" ] &&
    [ -z "$(find "$here/src/main" "$here/pom.xml" -newer "$builds/current" -print 2>/dev/null | head -n 1)" ]
}

# Every build has a folder of its own: a run that goes on keeps its jars when somebody else builds.
build() {
  echo "run.sh: building (once) …" >&2
  (cd "$here" && ./mvnw -q -Prun package >&2) || fail "the build failed; see above"
  number=$(date +%s).$$
  mkdir -p "$builds/$number"
  cp -R "$here/target/smartlead-bulk.jar" "$here/target/lib" "$builds/$number/"
  echo "$number" >"$builds/current.$$"
  mv "$builds/current.$$" "$builds/current"
  # Older ones but the last two are nobody's any more.
  for old in $(cd "$builds" && ls -d [0-9]*.[0-9]* | sort -r | tail -n +4); do
    rm -rf "${builds:?}/$old"
  done
}

if ! is_current; then
  "$java" -version 2>&1 | grep -q 'version "\(1[7-9]\|[2-9][0-9]\)' ||
    fail "Java 17 or newer is needed, $java is: $("$java" -version 2>&1 | head -n 1)"
  build
fi

# In a locale without UTF-8, as cron has it, Java could not even open a file whose name is not ASCII.
case $(locale charmap 2>/dev/null) in
  UTF-8 | utf-8 | '') ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# The width of the terminal that standard error is, for the line of progress.
columns=0
[ ! -t 2 ] || columns=$( (stty size <&2) 2>/dev/null | cut -d ' ' -f 2)

# Short runs start faster with one collector thread and the quick compiler; long ones wait for the network anyway.
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto ${JAVA_OPTS:-} \
  -Dsmartlead.home="$here" -Dsmartlead.err.columns="${columns:-80}" \
  -jar "$builds/$(cat "$builds/current")/smartlead-bulk.jar" "$@"
