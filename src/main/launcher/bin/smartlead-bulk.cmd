@echo off
rem smartlead-bulk COMMAND ...   (smartlead-bulk --help lists the commands)
rem
rem Starts the program of the installation that this file is in. JAVA_HOME names the JVM, unless the installation has its
rem own. JAVA_OPTS adds options such as -Xmx64m. Without delayed expansion: arguments may contain exclamation marks.
rem Java inherits the variables, and the program takes each SMARTLEAD_... for a setting.
setlocal DisableDelayedExpansion
set "SMARTLEAD_PROGRAM=smartlead-bulk"
for %%I in ("%~dp0..") do set "INSTALLATION=%%~fI"

set "JAVA_EXE=java.exe"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if exist "%INSTALLATION%\runtime\bin\java.exe" set "JAVA_EXE=%INSTALLATION%\runtime\bin\java.exe"

"%JAVA_EXE%" -version >nul 2>&1
if errorlevel 1 (
  echo smartlead-bulk: no Java found: install a Java runtime 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)

"%JAVA_EXE%" "@%INSTALLATION%\lib\java.options" %JAVA_OPTS% "-Dsmartlead.home=%INSTALLATION%" -Dsmartlead.installed=true -jar "%INSTALLATION%\smartlead-bulk.jar" %*
exit /b %ERRORLEVEL%
