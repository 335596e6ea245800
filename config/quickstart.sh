#!/bin/sh
# Starts both daemons on free ports with the shipped configuration, sends one request through the tunnel and stops them.
#   sh config/quickstart.sh          after: mvn -q -DskipTests package
#   sh config/quickstart.sh --keep   leaves them running until Ctrl-C
# Needs a JDK (java on the PATH, or JAVA_HOME) and curl.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
server_jar=$root/wsp-server/target/wsp-server.jar
client_jar=$root/wsp-client/target/wsp-client.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
limit=30

keep=no
case "${1:-}" in
  '') ;;
  --keep) keep=yes ;;
  *) echo "usage: sh config/quickstart.sh [--keep]" >&2; exit 2 ;;
esac

for jar in "$server_jar" "$client_jar"; do
  if [ ! -f "$jar" ]; then
    echo "quickstart: $jar is missing; build it with: mvn -q -DskipTests package" >&2
    exit 1
  fi
done

dir=$(mktemp -d)
server_pid=
client_pid=
stop() {
  trap - EXIT INT TERM
  for pid in $client_pid $server_pid; do kill "$pid" 2>/dev/null || true; done
  for pid in $client_pid $server_pid; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$dir"
}
trap stop EXIT
trap 'stop; exit 130' INT TERM

fail() {
  echo "quickstart: $1" >&2
  cat "$dir"/*.log >&2 2>/dev/null || true
  exit 1
}

# The server takes any free port and names it in its log, which is read as it is written.
sed -e 's/^port *:.*/port : 0/' "$root/config/wsp_server.cfg" > "$dir/wsp_server.cfg"
mkfifo "$dir/server.out"
"$java" -jar "$server_jar" -config "$dir/wsp_server.cfg" > "$dir/server.out" 2>&1 &
server_pid=$!
exec 3< "$dir/server.out"
port=
while [ -z "$port" ] && IFS= read -r line <&3; do
  echo "$line" >> "$dir/server.log"
  case $line in *'Listening on '*) port=${line##*:} ;; esac
done
[ -n "$port" ] || fail "the server did not start"
cat <&3 >> "$dir/server.log" &

sed -e "s#ws://127.0.0.1:8080/#ws://127.0.0.1:$port/#" "$root/config/wsp_client.cfg" > "$dir/wsp_client.cfg"
"$java" -jar "$client_jar" -config "$dir/wsp_client.cfg" > "$dir/client.log" 2>&1 &
client_pid=$!

# The destination of the example is the server's own /status; any URL that the client reaches will do.
destination=http://127.0.0.1:$port/status
request=http://127.0.0.1:$port/request
# curl waits between its tries: the first ones come before the client has registered and get a 526.
answer=$(curl -sS --fail --noproxy '*' --retry "$limit" --retry-delay 1 --retry-all-errors --max-time "$limit" \
  -H "X-PROXY-DESTINATION: $destination" "$request" 2> "$dir/curl.log") || fail "no answer came through the tunnel in $limit s"

echo "$ curl -H 'X-PROXY-DESTINATION: $destination' $request"
echo "$answer"
[ "$answer" = ok ] || fail "the answer is not the expected one"

if [ "$keep" = yes ]; then
  echo "The server listens on 127.0.0.1:$port, the client is registered; Ctrl-C stops both."
  wait "$client_pid" || true
fi
