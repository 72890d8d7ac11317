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
here=$(CDPATH='' cd -- "${self%/*}" && pwd)
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
  [ -f "$builds/current" ] && read -r number <"$builds/current" && [ -f "$builds/$number/smartlead-bulk.jar" ] &&
    [ -z "$(find "$here/src/main" "$here/pom.xml" -newer "$builds/current" -print 2>/dev/null)" ]
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
    fail "Java 17 or newer is needed, but $java is: $("$java" -version 2>&1 | head -n 1)"
  build
fi
jar="$builds/$number/smartlead-bulk.jar"

# Short runs start faster with one collector thread and the quick compiler; long ones wait for the network anyway.
# Spring Batch tells the flight recorder of every step: getting that ready, for nobody, takes a tenth of a short run.
quick='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Djfr.unsupported.vm=true'
# Where the archive goes in memory need not be a secret of this process, and moving it takes time. A JVM that cannot use
# it would say so on standard output.
shared='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable'

# The classes that the program needs, as the JVM has them in memory: with them it starts in half the time. Made once for
# each build and JVM, tried before it is used (a JVM dies of one that is not whole), and done without where it cannot be
# made: the folder of the attempt stays, so that there is only one.
make_archive() {
  mkdir "$archive.d" 2>/dev/null || return 0
  echo "run.sh: preparing a quicker start (once) …" >&2
  (
    cd "$archive.d"
    training='io.github.smartleadbulk.cli.Training .'
    # JDK 25 does it in one go; older ones do not know the option and stop.
    "$java" $quick -XX:AOTCacheOutput=archive -cp "$jar" $training || {
      "$java" $quick -XX:DumpLoadedClassList=list -cp "$jar" $training &&
        "$java" $quick -Xshare:dump -XX:SharedClassListFile=list -XX:SharedArchiveFile=archive -cp "$jar"
    }
    "$java" $quick $shared -XX:SharedArchiveFile=archive -jar "$jar" --version && mv archive "$archive"
    rm -rf ./*
  ) </dev/null >/dev/null 2>&1 || true
}

archive="$builds/$number/$(LC_ALL=C TZ=UTC0 ls -lL "$java" | cksum | tr ' ' -).archive"
[ -f "$archive" ] || [ -d "$archive.d" ] || make_archive
[ -f "$archive" ] || shared=

# In a locale without UTF-8, as cron has it, Java could not even open a file whose name is not ASCII.
case $(locale charmap 2>/dev/null) in
  UTF-8 | utf-8 | '') ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# The size of the terminal that standard error is, for the lines of progress; 24 by 80 where it does not say.
columns=0
rows=0
if [ -t 2 ]; then
  size=$(stty size <&2 2>/dev/null) || size=
  rows=${size% *}
  columns=${size#* }
  [ "${columns:-0}" -gt 0 ] || columns=80
  [ "${rows:-0}" -gt 0 ] || rows=24
fi
[ ! -t 0 ] || quick="$quick -Dsmartlead.in.terminal=true"

# How the program was called, for commands that its messages offer to paste.
case $0 in
  */*) SMARTLEAD_PROGRAM=$0 ;;
  *) SMARTLEAD_PROGRAM=./$0 ;;
esac
[ -f "$SMARTLEAD_PROGRAM" ] && [ -x "$SMARTLEAD_PROGRAM" ] || SMARTLEAD_PROGRAM="$here/run.sh"
export SMARTLEAD_PROGRAM

exec "$java" $quick ${shared:+$shared "-XX:SharedArchiveFile=$archive"} ${JAVA_OPTS:-} \
  -Dsmartlead.home="$here" -Dsmartlead.err.columns="$columns" -Dsmartlead.err.rows="$rows" -jar "$jar" "$@"
