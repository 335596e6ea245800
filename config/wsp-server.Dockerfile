# The server in a container. From the root of the repository:
#   mvn -q -DskipTests package && docker build -f config/wsp-server.Dockerfile -t wsp-server .
#   docker run -p 8080:8080 -v "$PWD/wsp:/etc/wsp:ro" wsp-server
# The directory that is mounted has wsp_server.cfg, readable for user 10001, with host : 0.0.0.0 (127.0.0.1 would be the
# container alone). Options of the JVM: -e JDK_JAVA_OPTIONS=... Stop it with more patience than
# notice and grace together: docker stop -t 40.
FROM eclipse-temurin:25-jre-alpine
LABEL org.opencontainers.image.title="wsp-server" \
      org.opencontainers.image.description="Reverse HTTP proxy over WebSockets: the daemon that callers reach" \
      org.opencontainers.image.licenses="MIT"
COPY --chmod=0644 wsp-server/target/wsp-server.jar /usr/share/wsp/wsp-server.jar
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# Where the health check asks; another one for another port, or --no-healthcheck with TLS on the port.
ENV WSP_STATUS=http://127.0.0.1:8080/status
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD wget -q -O /dev/null "$WSP_STATUS"
ENTRYPOINT ["java", "-jar", "/usr/share/wsp/wsp-server.jar"]
CMD ["-config", "/etc/wsp/wsp_server.cfg"]
