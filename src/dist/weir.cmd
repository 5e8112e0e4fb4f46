@echo off
rem Starts weir on Windows, as the file weir beside this one does elsewhere. `weir serve` gets half of the machine's memory: at most
rem 256 MB of heap for each core, and 2 GB. WEIR_JAVA_OPTS wins over what is chosen here, for example -Xmx1g. JAVA_HOME says which Java.
setlocal
set "java="
if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else for %%j in (java.exe) do set "java=%%~$PATH:j"
if not exist "%java%" (
  echo weir: no Java: install a JRE 17 or newer ^(https://adoptium.net^) or point JAVA_HOME at one 1>&2
  exit /b 69
)

set "flags=-Xmx256m -XX:-UsePerfData"
if /i not "%~1"=="serve" goto start
rem Twice the heap; where the machine has less, the JVM reckons with what it has.
set /a ram=512 * NUMBER_OF_PROCESSORS
if %ram% gtr 4096 set ram=4096
rem G1 pauses shortly and needs a core beside the event loops; with fewer, the serial collector costs less of them.
set "collector=-XX:+UseSerialGC"
if %NUMBER_OF_PROCESSORS% geq 4 set "collector=-XX:+UseG1GC"
rem The JVM refuses two collectors.
if defined WEIR_JAVA_OPTS if not "%WEIR_JAVA_OPTS:+Use=%"=="%WEIR_JAVA_OPTS%" set "collector="
set "flags=%collector% -XX:MaxRAM=%ram%m -XX:InitialRAMPercentage=50 -XX:MaxRAMPercentage=50"
set "flags=%flags% -XX:MetaspaceSize=48m -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError"
set "flags=%flags% -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=5 -XX:-PrintWarnings -XX:+IgnoreUnrecognizedVMOptions"

:start
"%java%" %flags% "-Dweir.command=%~f0" %WEIR_JAVA_OPTS% -jar "%~dp0..\weir.jar" %*
exit /b %errorlevel%
