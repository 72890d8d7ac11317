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
case $self in */*) ;; *) self=./$self ;; esac
home=$(CDPATH='' cd -- "${self%/*}" && pwd)
self=run.sh
needed='a JDK'
installed=
files="$home/src/main/launcher/lib"
other_archives=
. "$files/launch.sh"
builds="$home/target/run"

is_current() {
  [ -f "$builds/current" ] && read -r number <"$builds/current" && [ -f "$builds/$number/smartlead-bulk.jar" ] &&
    [ -z "$(find "$home/src/main/java" "$home/src/main/resources" "$home/pom.xml" -newer "$builds/current" -print 2>/dev/null)" ]
}

# Every build has a folder of its own: a run that goes on keeps its jars when somebody else builds.
build() {
  echo "run.sh: building (once) …" >&2
  (cd "$home" && ./mvnw -q -Prun,-tests package >&2) || fail "the build failed; see above"
  number=$(date +%s).$$
  mkdir -p "$builds/$number"
  cp -R "$home/target/smartlead-bulk.jar" "$home/target/lib" "$builds/$number/"
  echo "$number" >"$builds/current.$$"
  mv "$builds/current.$$" "$builds/current"
  # Older ones but the last two are nobody's any more.
  for old in $(cd "$builds" && ls -d [0-9]*.[0-9]* | sort -r | tail -n +4); do
    rm -rf "${builds:?}/$old"
  done
}

find_java
if ! is_current; then
  check_java
  build
fi
jar="$builds/$number/smartlead-bulk.jar"
archives="$builds/$number"

# How the program was called, for commands that its messages offer to paste.
case $0 in
  */*) SMARTLEAD_PROGRAM=$0 ;;
  *) SMARTLEAD_PROGRAM=./$0 ;;
esac
[ -f "$SMARTLEAD_PROGRAM" ] && [ -x "$SMARTLEAD_PROGRAM" ] || SMARTLEAD_PROGRAM="$home/run.sh"

launch "$@"
