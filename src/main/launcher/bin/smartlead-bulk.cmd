@echo off
rem smartlead-bulk COMMAND ...   (smartlead-bulk --help lists the commands)
rem
rem Starts the program of the installation that this file is in. JAVA_HOME names the JVM, unless the installation has its
rem own. JAVA_OPTS adds options such as -Xmx64m. Without delayed expansion: arguments may contain exclamation marks.
setlocal DisableDelayedExpansion
set "SMARTLEAD_PROGRAM=smartlead-bulk"
for %%I in ("%~dp0..") do set "SMARTLEAD_DIR=%%~fI"

set "SMARTLEAD_JAVA=java.exe"
if defined JAVA_HOME set "SMARTLEAD_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%SMARTLEAD_DIR%\runtime\bin\java.exe" set "SMARTLEAD_JAVA=%SMARTLEAD_DIR%\runtime\bin\java.exe"

"%SMARTLEAD_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo smartlead-bulk: no Java found: install a Java runtime 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)

"%SMARTLEAD_JAVA%" "@%SMARTLEAD_DIR%\lib\java.options" %JAVA_OPTS% "-Dsmartlead.home=%SMARTLEAD_DIR%" -Dsmartlead.installed=true -jar "%SMARTLEAD_DIR%\smartlead-bulk.jar" %*
exit /b %ERRORLEVEL%
