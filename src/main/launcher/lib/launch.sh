# How the program starts, from a checkout (run.sh) and from an installation (bin/smartlead-bulk). Both source this file,
# set the variables below, and call launch with the arguments of the program:
#
#   self            how messages of the shell name it
#   home            the checkout or the installation
#   files           the folder of this file
#   jar             the program; its libraries are in lib/ beside it
#   archives        the folder for start-up archives
#   other_archives  where they go if that folder is read-only; empty: they are done without
#   installed       true, or empty in a checkout
#   needed          what to install where there is no Java
#
# JAVA_HOME names the JVM, unless the installation has its own. JAVA_OPTS adds options such as -Xmx64m.

fail() {
  echo "$self: $1" >&2
  exit 2
}

find_java() {
  if [ -n "$installed" ] && [ -x "$home/runtime/bin/java" ]; then
    java="$home/runtime/bin/java"
  elif [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
  else
    java=$(command -v java) || fail "no Java found: install $needed 17 or newer, or set JAVA_HOME"
  fi
  for path in "$files" "$java"; do
    case $path in *:*) fail "Java takes a path with a colon for two paths: rename the folder of $path" ;; esac
  done
}

check_java() {
  "$java" -version 2>&1 | grep -q 'version "\(1[7-9]\|[2-9][0-9]\)' ||
    fail "Java 17 or newer is needed, but $java is: $("$java" -version 2>&1 | head -n 1)"
}

# A JVM that does not start ends with 1, like a run with failed rows, and after exec it is too late to change that. So it is
# tried before where somebody chose its options or limited its memory; but not with an agent, which may wait for somebody.
try_java() {
  [ -d "${PWD:-}" ] || [ -n "$(pwd -P 2>/dev/null)" ] || fail 'the current folder does not exist any more'
  case ${JAVA_OPTS:-}${JDK_JAVA_OPTIONS:-}${JAVA_TOOL_OPTIONS:-}$(ulimit -v 2>/dev/null) in
    '' | unlimited | *agent* | *jdwp*) return ;;
  esac
  words=$("$java" "@$files/java.options" ${JAVA_OPTS:-} -version 2>&1) ||
    fail "Java does not start${JAVA_OPTS:+ with JAVA_OPTS=\"$JAVA_OPTS\"}: ${words#*initialization of VM?}"
}

# The classes that the program needs, as the JVM has them in memory: with them it starts in half the time. Made once for
# each build and JVM, tried before it is used, and done without where it cannot be made. A JVM dies of an archive that is not
# whole, so its size is in a file beside it. A size of 0 says that it could not be made, so that there is only one attempt.
make_archive() {
  # An attempt that somebody else makes now, or one that was interrupted.
  find "$archive.d" -prune -mmin +10 -exec rm -rf {} + 2>/dev/null || true
  mkdir "$archive.d" 2>/dev/null || return 0
  echo "$self: preparing a quicker start (once) …" >&2
  (
    trap 'rm -rf "$archive.d"; exit 130' HUP INT TERM
    cd "$archive.d"
    rm -f "$archive"
    training='io.github.smartleadbulk.cli.Training .'
    # JDK 25 does it in one go; older ones do not know the option and stop.
    "$java" "@$files/java.options" -XX:AOTCacheOutput=archive -cp "$jar" $training || {
      "$java" "@$files/java.options" -XX:DumpLoadedClassList=list -cp "$jar" $training &&
        "$java" "@$files/java.options" -Xshare:dump -XX:SharedClassListFile=list -XX:SharedArchiveFile=archive -cp "$jar"
    }
    size=0
    "$java" "@$files/java.options" $shared -XX:SharedArchiveFile=archive -jar "$jar" --version && set -- $(ls -ln archive) &&
      size=$5
    echo "$size" >"$archive.size" && { [ "$size" = 0 ] || mv archive "$archive"; } && rm -rf "$archive.d"
    # An archive takes 50 MB. Those of earlier builds and JVMs, but the last two, are nobody's any more.
    cd "${archive%/*}"
    ls -t | grep '\.archive$' | tail -n +4 | while read -r old; do rm -rf "./$old" "./$old.size"; done
  ) </dev/null >/dev/null 2>&1 || [ $? != 130 ] || exit 130
}

# Whether the archive is there, as long as it was when it was tried.
is_whole() {
  [ -r "$archive" ] && read -r size 2>/dev/null <"$archive.size" && set -- $(ls -lnL "$archive" 2>/dev/null) &&
    [ "${5:-}" = "$size" ]
}

# Finds the archive, or makes it where it may be written. Its name says for which build and JVM it is: not every JVM notices
# a jar that has changed. The file "java" contains the version of the JVM.
find_archive() {
  shared=
  set -- $(cd "${jar%/*}" && cksum "${jar##*/}" "$java" 2>/dev/null)
  # Without the tools of POSIX, as with an empty PATH, the program starts later.
  [ -n "${5:-}" ] || return 0
  name=$1-$2-$4-$5.archive
  # Where the archive goes in memory need not be a secret of this process, and moving it takes time. A JVM that cannot use
  # it would say so on standard output.
  shared='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable'
  for folder in "$archives" "$other_archives"; do
    archive="$folder/$name"
    ! is_whole || return 0
  done
  check_java
  for folder in "$archives" "$other_archives"; do
    archive="$folder/$name"
    if [ -n "$folder" ] && mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; then
      [ "$(cat "$archive.size" 2>/dev/null)" = 0 ] || make_archive
      break
    fi
  done
  is_whole || shared=
}

# Becomes the program, so that signals and exit codes pass through.
launch() {
  try_java
  find_archive

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
  asks=
  [ ! -t 0 ] || asks=-Dsmartlead.in.terminal=true

  export SMARTLEAD_PROGRAM
  exec "$java" "@$files/java.options" ${shared:+$shared "-XX:SharedArchiveFile=$archive"} $asks ${JAVA_OPTS:-} \
    -Dsmartlead.home="$home" ${installed:+-Dsmartlead.installed=true} \
    -Dsmartlead.err.columns="$columns" -Dsmartlead.err.rows="$rows" -jar "$jar" "$@"
}
