# The image of Bilik: pages are built with Node, the program with Rust; neither is in what runs.

FROM node:22-bookworm-slim AS assets
WORKDIR /build/static
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY static/ ./
RUN node build.mjs /build/dist

FROM rust:1-bookworm AS program
WORKDIR /build
COPY . .
COPY --from=assets /build/dist /dist
ENV BILIK_ASSETS_DIR=/dist
RUN cargo build --locked --profile dist && strip target/dist/bilik

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/bilik --create-home bilik
COPY --from=program /build/target/dist/bilik /usr/local/bin/bilik
COPY courses /usr/share/bilik/courses
USER bilik
WORKDIR /var/lib/bilik
ENV BILIK_LISTEN=0.0.0.0:8080 BILIK_DATA=/var/lib/bilik BILIK_COURSES=/usr/share/bilik/courses
VOLUME /var/lib/bilik
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["bilik", "health"]
ENTRYPOINT ["bilik"]
CMD ["serve"]
