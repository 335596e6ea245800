#!/bin/sh
# JAVA_OPTS: options of the JVM, separated by spaces.
# shellcheck disable=SC2086
exec java ${JAVA_OPTS:-} -jar /usr/share/wsp/@name@.jar "$@"
