import { type Finding, InvalidPropsError, isError } from '../check';
import type { EnvironmentSpec, LocalSpec } from '../model';
import type { ComposeFile } from './compose-file';
import { composeText } from './compose-text';
import { PUBLISHED_NETWORK, SERVICES_NETWORK, STORES_NETWORK } from './container';
import { gatewayPart, hasTls } from './gateway-container';
import { inspectLocal } from './local-checks';
import { type LocalPlan, localPlan } from './local-plan';
import { joined, type Part } from './parts';
import { poolerPart } from './pooler-container';
import { postgresPart } from './postgres-containers';
import { readme } from './readme';
import { redisPart } from './redis-containers';
import { secretsFolder, secretsScript } from './secrets-script';
import { servicePart } from './service-containers';
import { vectorPart } from './vector-container';

/** A stack, and every file that it mounts. */
export interface ComposeStack {
  /** What `compose.yaml` says, as data. */
  readonly file: ComposeFile;
  /** `compose.yaml` and what lies beside it, by path. */
  readonly files: ReadonlyMap<string, string>;
}

function parts(plan: LocalPlan): Part[] {
  const { gateway } = plan.environment;
  return [
    ...plan.services.map((service) => servicePart(plan, service)),
    ...(gateway ? [gatewayPart(plan, gateway)] : []),
    ...plan.databases.map((server) => postgresPart(plan, server)),
    ...(plan.pooler ? [poolerPart(plan, plan.pooler)] : []),
    ...plan.caches.map((cache) => redisPart(plan, cache)),
    ...plan.vectorDatabases.map((database) => vectorPart(plan, database)),
  ];
}

const TLS_SECRETS = ['tls-crt', 'tls-key'] as const;

/**
 * An environment on one machine, with Docker Compose: the declared services, gateway and stores, as many, as large, at the
 * ports and with the health checks that are declared. What is declared for a cluster is not declared again.
 *
 * @example
 * const { files } = composeStack('shop', environment, { gateway: { http: 8080 } });
 *
 * @throws InvalidPropsError listing everything that is wrong.
 */
export function composeStack(platform: string, environment: EnvironmentSpec, local: LocalSpec): ComposeStack {
  refuse(inspectLocal(`${platform}/${environment.name}/local`, platform, environment, local));
  const plan = localPlan(platform, environment, local);
  const { services, files, volumes, passwords } = joined(parts(plan));
  const folder = secretsFolder(plan);
  const secrets = [...new Set(passwords), ...(hasTls(plan) ? TLS_SECRETS : [])];
  const isPublished = Object.values(services).some(({ networks }) => PUBLISHED_NETWORK in networks);
  const file: ComposeFile = {
    services,
    networks: {
      [SERVICES_NETWORK]: {},
      [STORES_NETWORK]: { internal: true },
      ...(isPublished ? { [PUBLISHED_NETWORK]: {} } : {}),
    },
    ...(volumes.length === 0 ? {} : { volumes: Object.fromEntries(volumes.map((name) => [name, {}])) }),
    ...(secrets.length === 0
      ? {}
      : { secrets: Object.fromEntries(secrets.map((name) => [name, { file: `${folder}/${name}` }])) }),
  };
  return {
    file,
    files: new Map([
      ['compose.yaml', composeText(file)],
      // the names of containers begin with it, and nginx lists them
      ['.env', `COMPOSE_PROJECT_NAME=${plan.project}\n`],
      ['make-secrets.sh', secretsScript(folder, passwords, hasTls(plan) ? environment.domain : undefined)],
      ['README.md', readme(plan)],
      ...Object.entries(files),
    ]),
  };
}

function refuse(findings: readonly Finding[]): void {
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new InvalidPropsError(errors);
}
