# The client in a container. From the root of the repository:
#   mvn -q -DskipTests package && docker build -f config/wsp-client.Dockerfile -t wsp-client .
#   docker run -v "$PWD/wsp:/etc/wsp:ro" wsp-client
# The directory that is mounted has wsp_client.cfg, readable for user 10001, with targets that are not on 127.0.0.1 (which
# would be the container alone). Options of the JVM: -e JDK_JAVA_OPTIONS=... Stop it with more patience than grace:
# docker stop -t 40.
FROM eclipse-temurin:25-jre-alpine
LABEL org.opencontainers.image.title="wsp-client" \
      org.opencontainers.image.description="Reverse HTTP proxy over WebSockets: the daemon beside the APIs" \
      org.opencontainers.image.licenses="MIT"
COPY --chmod=0644 wsp-client/target/wsp-client.jar /usr/share/wsp/wsp-client.jar
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/usr/share/wsp/wsp-client.jar"]
CMD ["-config", "/etc/wsp/wsp_client.cfg"]
