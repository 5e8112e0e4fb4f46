#!/bin/bash
# Installs, starts, drains, upgrades, removes and purges a Debian package of Weir on this machine, and shows each step.
#   life-cycle.sh PACKAGE.deb FOLDER PUSH-PORT ADMIN-PORT
# Ends with 0 when all went as it must, 77 where that cannot be tried here. Leaves nothing installed.
set -euo pipefail
deb=$1 folder=$2 push=$3 admin=$4
unset JAVA_HOME ${!WEIR_@}
log=$folder/weir.log
pid=""

skip() { echo "skipped: $*"; exit 77; }
fail() { echo "FAILED: $*"; [ ! -f "$log" ] || tail -n 20 "$log"; exit 1; }
show() { echo "# $*"; "$@"; }

[ "$(id -u)" = 0 ] || skip "needs root"
for tool in dpkg dpkg-deb setpriv getent; do command -v $tool > /dev/null || skip "needs $tool"; done
[ ! -d /run/systemd/system ] || skip "systemd runs here: the package would act on it"
! getent passwd weir > /dev/null || skip "there is a user weir"
for path in /etc/weir /var/lib/weir /usr/share/weir /usr/bin/weir; do [ ! -e $path ] || skip "there is $path"; done
dpkg --no-act -i "$deb" > "$folder/no-act" 2>&1 || skip "$(tr '\n' ' ' < "$folder/no-act")"

purge() {
  [ -z "$pid" ] || kill -9 "$pid" 2> /dev/null || true
  dpkg --purge weir > /dev/null 2>&1 || true
}
trap purge EXIT

# As systemd would: the user, the environment file, the command of the unit.
start() {
  local command
  command=$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/weir.service)
  : > "$log"
  echo "# as the user weir: $command"
  (
    cd /var/lib/weir
    set -a
    . /etc/weir/weir.env
    # shellcheck disable=SC2086
    exec setpriv --reuid=weir --regid=weir --init-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
      --pdeathsig KILL $command
  ) >> "$log" 2>&1 &
  pid=$!
  local turns=0
  until [ "$(status /ready)" = 200 ]; do
    kill -0 "$pid" 2> /dev/null || fail "it ended"
    turns=$((turns + 1))
    [ $turns -lt 300 ] || fail "it is not ready"
    sleep 0.1
  done
  echo "/ready: 200; $(ps -o user=,rss= -p "$pid" | awk '{ print "user " $1 ", " int($2 / 1024) " MB" }')"
}

status() {
  local line=""
  { exec 3<> "/dev/tcp/127.0.0.1/$admin"; } 2> /dev/null || return 0
  printf 'GET %s HTTP/1.1\r\nHost: weir\r\nConnection: close\r\n\r\n' "$1" >&3
  read -r line <&3 || true
  exec 3>&-
  set -- $line
  echo "${2:-}"
}

push() {
  local seen
  seen=$(set -a; . /etc/weir/weir.env; weir trigger CLICK --key V1001_SUNCK --conf /etc/weir/weir.yaml | tail -n 1)
  echo "weir trigger CLICK: $seen"
  [ "$seen" = "user sees: sunck is a good man" ] || fail "a push was not answered"
}

# The signal of "systemctl stop", and what comes of it.
drain() {
  local code=0 begun=$SECONDS
  echo "# kill -TERM"
  kill -TERM "$pid"
  until [ "$(status /ready)" != 200 ]; do sleep 0.05; done
  echo "/ready: $(status /ready)"
  wait "$pid" || code=$?
  pid=""
  grep -E ' (stopping|stopped)' "$log" | cut -d' ' -f2-
  echo "exit code $code after $((SECONDS - begun)) s"
  [ "$code" = 0 ] || fail "it did not drain"
  ! grep -E ' (WARN|ERROR) ' "$log" || fail "the log has warnings"
}

echo "## install"
show dpkg -i "$deb"
show dpkg --verify weir
dpkg-query -L weir > "$folder/paths"
show stat -c '%A %U:%G %n' /etc/weir /etc/weir/* /var/lib/weir /usr/bin/weir /usr/share/weir/weir.jar
show weir version
if command -v systemd-analyze > /dev/null; then
  show systemd-analyze verify /usr/lib/systemd/system/weir.service
  systemd-analyze security --offline=yes --no-pager /usr/lib/systemd/system/weir.service | tail -n 1
fi

echo "## configure and start"
code=0
show setpriv --reuid=weir --regid=weir --init-groups weir check --conf /etc/weir/weir.yaml || code=$?
[ "$code" = 78 ] || fail "a configuration without values was not refused"
sed -i -e 's/^#\(WEIR_APP_ID=\)$/\1wx00000000000000a1/' -e 's/^#\(WEIR_APP_SECRET=\)$/\14f0c3b2a5d6e7f8091a2b3c4d5e6f708/' \
  -e 's/^#\(WEIR_TOKEN=\)$/\1aTokenOfThisTest/' -e 's/^#\(WEIR_AES_KEY=\)$/\1abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG/' /etc/weir/weir.env
sed -i -e "s/^  port: 8080\$/  port: $push/" -e "s/^  port: 8081\$/  port: $admin/" /etc/weir/weir.yaml
start
push

echo "## drain"
drain

echo "## upgrade while it runs"
start
dpkg-deb -R "$deb" "$folder/next"
sed -i 's/^Version: .*/&+next/' "$folder/next/DEBIAN/control"
echo '# A line of the next version.' >> "$folder/next/etc/weir/weir.yaml"
dpkg-deb --root-owner-group -b "$folder/next" "$folder/next.deb" > /dev/null
show dpkg --force-confold -i "$folder/next.deb"
show stat -c '%A %U:%G %n' /etc/weir/weir.yaml /etc/weir/weir.env
kill -0 "$pid" || fail "the upgrade ended it"
push
drain
start
grep -q "port: $push" /etc/weir/weir.yaml || fail "the upgrade changed the configuration"
push
drain

echo "## remove"
: > /var/lib/weir/written
show dpkg -r weir
[ -f /etc/weir/weir.env ] && [ -f /var/lib/weir/written ] || fail "removing took configuration or state away"
[ ! -e /usr/bin/weir ] || fail "removing left the launcher"

echo "## purge"
show dpkg -P weir
while read -r path; do
  case $path in /etc/weir* | /usr/share/weir* | /usr/share/doc/weir* | */weir | */weir.service) [ ! -e "$path" ] || fail "left: $path" ;; esac
done < "$folder/paths"
[ ! -e /etc/weir ] && [ ! -e /var/lib/weir ] || fail "left: files"
! getent passwd weir && ! getent group weir || fail "left: the user"
! dpkg-query -W weir 2> /dev/null || fail "left: the package"
echo "nothing is left"
