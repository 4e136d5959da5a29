/** What environments run beside their services, from public registries: the one place that says which release. */
export const PUBLIC_IMAGES = {
  redis: 'docker.io/library/redis:7.2.11-alpine',
  redisExporter: 'docker.io/oliver006/redis_exporter:v1.77.0',
  nginx: 'docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine',
  postgres: 'docker.io/library/postgres:17.11-trixie',
  postgresExporter: 'quay.io/prometheuscommunity/postgres-exporter:v0.20.1',
  pgbouncer: 'docker.io/edoburu/pgbouncer:v1.25.2-p0',
  pgbouncerExporter: 'quay.io/prometheuscommunity/pgbouncer-exporter:v0.12.1',
  qdrant: 'docker.io/qdrant/qdrant:v1.19.0-unprivileged',
  awsCli: 'public.ecr.aws/aws-cli/aws-cli:2.36.15',
  curl: 'docker.io/curlimages/curl:8.10.1',
} as const;

/** What such an image is for. */
export type ImageKind = keyof typeof PUBLIC_IMAGES;
