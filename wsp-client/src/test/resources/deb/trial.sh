#!/bin/sh
# Installs, runs, upgrades, removes and purges both packages with the real dpkg, in a copy of this machine that is gone
# when this ends: a layer over its root, with mounts, processes and network of its own.
#   unshare --mount --pid --net --fork --propagation private sh trial.sh DIRECTORY PACKAGES
# DIRECTORY is empty; PACKAGES has wsp-server.deb and wsp-client.deb. Exit code 77: this machine cannot do it; says why.
set -eu

cannot() { echo "not tried: $1"; exit 77; }
fail() {
  echo "FAILED: $1"
  cat /tmp/*.log 2> /dev/null || true
  exit 1
}
ok() { echo "ok: $1"; }

if [ "${1:-}" != inside ]; then
  here=$1
  # The layer lies in memory: the root may itself be one that no other can write to.
  mount -t tmpfs tmpfs "$here" || cannot "nothing may be mounted here"
  mkdir "$here/upper" "$here/work" "$here/tree"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$here/upper,workdir=$here/work" "$here/tree" ||
    cannot "there is no overlay over this root"
  mount -t proc proc "$here/tree/proc" || cannot "there is no /proc for it"
  # The devices can be used, and nothing about them changed: they are those of this machine.
  mount --bind /dev "$here/tree/dev" && mount -o remount,bind,ro "$here/tree/dev" ||
    cannot "the devices cannot be kept from changes"
  mount -t tmpfs tmpfs "$here/tree/tmp"
  chmod 1777 "$here/tree/tmp"
  # Nothing of the machine's own services, sockets included.
  mount -t tmpfs tmpfs "$here/tree/run"
  # For the trial to see what is its own doing, and what another program of the machine changes meanwhile.
  mkdir "$here/tree/run/layer"
  mount --bind "$here/upper" "$here/tree/run/layer"
  ip link set lo up || cannot "the network of its own has no loopback"
  cp "$2/wsp-server.deb" "$2/wsp-client.deb" "$0" "$here/tree/tmp/"
  exec chroot "$here/tree" sh "/tmp/$(basename "$0")" inside
fi

cd /tmp
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive
for program in setpriv curl adduser deb-systemd-helper; do
  command -v $program > /dev/null || cannot "$program is missing"
done
[ -x /usr/bin/java ] || cannot "/usr/bin/java is missing"
getent passwd wsp > /dev/null && cannot "this machine has a user wsp already"
dpkg-query --show --showformat='${Provides}\n' 'openjdk-*-jre-headless' 2> /dev/null | grep -q java17-runtime-headless ||
  cannot "no Java 17 among the installed packages"

files() {
  find /etc /usr /var /opt /srv /lib -xdev \( -path /var/lib/dpkg -o -path /var/cache -o -path /var/log/dpkg.log \) -prune \
    -o ! -name '*-' -print | LC_ALL=C sort
}
# Of two lists of files, what is in one only and has been made or deleted here.
changed() {
  diff "$1" "$2" | sed -n 's/^[<>] //p' | while read -r file; do
    if [ -e "/run/layer$file" ] || [ -L "/run/layer$file" ]; then echo "$file"; fi
  done
}
users() { getent passwd; getent group; }
files > files.before
users > users.before
installs() { dpkg "$@" > dpkg.log 2>&1 || fail "dpkg $*"; }

# What the unit starts, as the unit's user and without privileges, since nothing but systemd itself can be told its rules.
start() {
  unit=/usr/lib/systemd/system/$1.service
  user=$(sed -n 's/^User=//p' "$unit")
  # shellcheck disable=SC2034
  JAVA_OPTS=-Xmx64m
  command=$(sed -n 's/^ExecStart=//p' "$unit")
  eval "exec setpriv --reuid=$user --regid=$user --init-groups --no-new-privs --inh-caps=-all --bounding-set=-all $command" \
    > "$1.log" 2>&1 &
}
get() { curl -sS --fail --noproxy '*' --retry 60 --retry-delay 1 --retry-all-errors --max-time 120 "$@" 2> curl.log; }
stop() {
  kill -TERM "$1"
  code=0
  wait "$1" || code=$?
  [ $code = 0 ] || fail "$2 ended with $code after SIGTERM"
}

installs -i wsp-server.deb wsp-client.deb
for name in server client; do
  [ "$(stat -c '%U:%G %a' /etc/wsp/wsp_$name.cfg)" = 'root:wsp 640' ] || fail "the mode of wsp_$name.cfg"
  [ "$(stat -c '%U:%G %a' /usr/share/wsp/wsp-$name.jar)" = 'root:root 644' ] || fail "the mode of wsp-$name.jar"
  [ "$(stat -c '%U:%G %a' /usr/bin/wsp-$name)" = 'root:root 755' ] || fail "the mode of wsp-$name"
  [ -L /etc/systemd/system/multi-user.target.wants/wsp-$name.service ] || fail "wsp-$name is not started at boot"
  version=$(dpkg-query --show --showformat='${Version}' wsp-$name)
  case $version in *~git*.*) commit=${version##*.} ;; *~git*) commit=unknown ;; *) commit= ;; esac
  case $(wsp-$name --version) in
    "wsp-$name ${version%%~*}"*", commit $commit"*", built 2"*", Java "*) ;;
    *) fail "the version of wsp-$name: $(wsp-$name --version)" ;;
  esac
  JAVA_OPTS=-XshowSettings:vm wsp-$name --version 2>&1 | grep -q 'VM settings' || fail "JAVA_OPTS of wsp-$name"
done
[ "$(getent passwd wsp | cut -d: -f6,7)" = /nonexistent:/usr/sbin/nologin ] || fail "the user wsp"
setpriv --reuid=nobody --clear-groups cat /etc/wsp/wsp_server.cfg > /dev/null 2>&1 && fail "anybody may read the secrets"
ok "both installed, modes, user, links"

start wsp-server
server=$!
[ "$(get http://127.0.0.1:8080/status)" = ok ] || fail "the server does not answer"
start wsp-client
client=$!
answer=$(get -H 'X-PROXY-DESTINATION: http://127.0.0.1:8080/status' http://127.0.0.1:8080/request) || fail "no tunnel"
[ "$answer" = ok ] || fail "the answer through the tunnel: $answer"
for pid in $server $client; do
  [ "$(sed -n 's/^Uid:\t\([0-9]*\).*/\1/p' /proc/$pid/status)" = "$(id -u wsp)" ] || fail "the daemons' user"
done
ok "both run as wsp with the shipped configuration, and a request goes through"
stop $client wsp-client
stop $server wsp-server
ok "both end with 0 after SIGTERM"

# The next version, with a configuration of its own: the administrator's stays, with its mode.
dpkg-deb -R wsp-server.deb next > /dev/null
sed -i 's/^Version: .*/Version: 1.0.0/' next/DEBIAN/control
echo '# new' >> next/etc/wsp/wsp_server.cfg
dpkg-deb --root-owner-group -b next next.deb > /dev/null
dpkg --compare-versions "$(dpkg-query --show --showformat='${Version}' wsp-server)" lt 1.0.0 || fail "the order of versions"
dpkg --compare-versions "$version" gt 1.0.0~SNAPSHOT || fail "the order of versions before"
echo '# ours' >> /etc/wsp/wsp_server.cfg
chmod 0600 /etc/wsp/wsp_server.cfg
chown wsp /etc/wsp/wsp_server.cfg
installs --force-confold -i next.deb
tail -n 1 /etc/wsp/wsp_server.cfg | grep -q '^# ours$' || fail "the upgrade has changed the configuration"
[ "$(stat -c '%U %a' /etc/wsp/wsp_server.cfg)" = 'wsp 600' ] || fail "the upgrade has changed the configuration's mode"
ok "an upgrade keeps the changed configuration"

systemctl disable wsp-server.service > disable.log 2>&1 || fail "disabling"
installs --force-confold -i wsp-server.deb
[ ! -L /etc/systemd/system/multi-user.target.wants/wsp-server.service ] || fail "a disabled service is enabled again"
ok "a disabled service stays so"

installs -r wsp-server
[ ! -e /usr/share/wsp/wsp-server.jar ] || fail "a file is left after the removal"
[ -e /etc/wsp/wsp_server.cfg ] || fail "the configuration went with the removal"
mkdir /var/log/wsp-client
installs -P wsp-client
[ ! -e /etc/wsp/wsp_client.cfg ] || fail "the configuration is left after the purge"
[ ! -e /var/log/wsp-client ] || fail "the log is left after the purge"
getent passwd wsp > /dev/null || fail "the user went before the last package"
installs -P wsp-server
users > users.after
files > files.after
cmp -s users.before users.after || fail "users after the purge: $(diff users.before users.after)"
left=$(changed files.before files.after)
[ -z "$left" ] || fail "files after the purge: $left"
ok "a purge of both leaves neither files nor the user"
