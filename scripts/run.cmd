@echo off
rem Builds what is missing and starts weir, as the file run beside this one does elsewhere: without arguments `weir dev`, with
rem arguments `weir ARGUMENTS`.
setlocal
for %%h in ("%~dp0..") do set "checkout=%%~fh"
set "bin="
if defined JAVA_HOME (set "bin=%JAVA_HOME%\bin\") else for %%j in (javac.exe) do set "bin=%%~dp$PATH:j"
if not exist "%bin%javac.exe" (
  echo weir: no JDK: install a JDK 17 or newer ^(https://adoptium.net^) or point JAVA_HOME at one 1>&2
  exit /b 69
)

set "stale=1"
if exist "%checkout%\target\weir.jar" if exist "%checkout%\target\.built" (
  powershell -NoProfile -Command "$built = (Get-Item -Force -LiteralPath $env:checkout\target\.built).LastWriteTime; $files = Get-ChildItem -Recurse -File -LiteralPath $env:checkout\src\main, $env:checkout\pom.xml; exit [int][bool]($files | Where-Object { $_.LastWriteTime -gt $built })"
  if not errorlevel 1 set "stale="
)
if defined stale (
  echo weir: building, about a minute the first time 1>&2
  if not exist "%checkout%\target" mkdir "%checkout%\target"
  type nul > "%checkout%\target\.begun"
  pushd "%checkout%"
  call "%checkout%\mvnw.cmd" -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Djacoco.skip package 1>&2
  if errorlevel 1 (popd & exit /b 1)
  popd
  move /y "%checkout%\target\.begun" "%checkout%\target\.built" > nul
)

set "arguments=%*"
if not defined arguments set "arguments=dev"
"%bin%java.exe" "@%checkout%\scripts\.jvm" -Xlog:cds=off,cds+dynamic=off "-XX:SharedArchiveFile=%checkout%\target\weir.jsa" ^
  "-Dweir.home=%checkout%" "-Dweir.command=%~f0" -jar "%checkout%\target\weir.jar" %arguments%
exit /b %errorlevel%
