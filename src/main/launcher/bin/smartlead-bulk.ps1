# smartlead-bulk COMMAND …   (smartlead-bulk --help lists the commands)
#
# Starts the program of the installation that this file is in. JAVA_HOME names the JVM, unless the installation has its own.
# JAVA_OPTS adds options such as -Xmx64m.
$installation = Split-Path -Parent $PSScriptRoot
$java = Join-Path $installation 'runtime\bin\java.exe'
if (-not (Test-Path $java)) {
  if ($env:JAVA_HOME) {
    $java = Join-Path $env:JAVA_HOME 'bin\java.exe'
  } else {
    $java = 'java.exe'
  }
}
if (-not (Get-Command $java -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine('smartlead-bulk: no Java found: install a Java runtime 17 or newer, or set JAVA_HOME')
  exit 2
}

$options = @("@$installation\lib\java.options")
if ($env:JAVA_OPTS) {
  $options += $env:JAVA_OPTS -split '\s+' | Where-Object { $_ }
}
# The size of the terminal, for the lines of progress.
if (-not [Console]::IsErrorRedirected) {
  $options += "-Dsmartlead.err.columns=$([Console]::WindowWidth)"
  $options += "-Dsmartlead.err.rows=$([Console]::WindowHeight)"
}
if (-not [Console]::IsInputRedirected) {
  $options += '-Dsmartlead.in.terminal=true'
}

$env:SMARTLEAD_PROGRAM = 'smartlead-bulk'
& $java @options "-Dsmartlead.home=$installation" '-Dsmartlead.installed=true' -jar "$installation\smartlead-bulk.jar" @args
exit $LASTEXITCODE
