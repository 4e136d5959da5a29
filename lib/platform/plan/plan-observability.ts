import type { ObservabilityServices } from '../../kubernetes';
import {
  type EnvironmentSpec,
  grafanaSecret,
  LOG_STORE_USERS,
  type LogStoreUser,
  logStoreSecret,
  metricsBucket,
  type ObservabilityPlan,
  observabilityPlan,
  secretRoot,
} from '../../model';
import { placementOn } from './plan-placement';
import { VOLUME_CLASS } from './plan-pod-store';

/** Where measurements, logs and traces of an environment are kept; undefined where it says nothing of it. */
export const plannedObservability = ({ observability }: EnvironmentSpec): ObservabilityPlan | undefined =>
  observability && observabilityPlan(observability);

/** Secrets of the cluster, each name once in an environment, whatever its namespace. */
export const OBSERVABILITY_SECRETS = {
  grafana: 'grafana-admin',
  users: { agent: 'log-agent-password', traces: 'jaeger-password', reader: 'log-reader-password' },
  authorities: { agent: 'log-agent-tls', traces: 'jaeger-tls', reader: 'log-reader-tls' },
} as const;

/** Roles that a user of Elasticsearch has, as the secret in AWS says beside its password: each has that of its own name. */
export const userFields = (user: LogStoreUser) => ({ username: user, roles: user });

/** What charts are told; undefined where nothing is kept. */
export function planObservabilityServices(
  platform: string,
  environment: EnvironmentSpec,
): ObservabilityServices | undefined {
  const plan = plannedObservability(environment);
  if (plan === undefined) return undefined;
  const placement = plan.nodes === undefined ? undefined : placementOn(environment, plan.nodes);
  return {
    plan,
    storageClass: VOLUME_CLASS,
    ...(placement && { placement }),
    ...(plan.metrics.longTerm && { bucket: metricsBucket(platform, environment.name, environment.account) }),
    grafanaSecret: OBSERVABILITY_SECRETS.grafana,
    userSecrets: OBSERVABILITY_SECRETS.users,
    authoritySecrets: OBSERVABILITY_SECRETS.authorities,
  };
}

/** A password in AWS: its name, what it is for, and what its secret says beside it. */
export interface ObservabilityPassword {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
}

const USES: Readonly<Record<LogStoreUser, string>> = {
  'log-agent': 'Fluent Bit writes logs to Elasticsearch with it',
  jaeger: 'Jaeger keeps traces in Elasticsearch with it',
  'log-reader': 'Grafana reads logs with it',
  'log-keeper': 'Retention of logs is seen to with it',
};

/** Users of Elasticsearch that an environment needs. */
export const logStoreUsers = ({ logs, traces }: ObservabilityPlan): LogStoreUser[] =>
  logs === undefined ? [] : LOG_STORE_USERS.filter((user) => user !== 'jaeger' || traces !== undefined);

/** Every password that Terraform draws for it. */
export function observabilityPasswords(platform: string, environment: EnvironmentSpec): ObservabilityPassword[] {
  const plan = plannedObservability(environment);
  if (plan === undefined) return [];
  const root = secretRoot(platform, environment.name);
  return [
    ...(plan.dashboards === 'on'
      ? [
          {
            id: 'Grafana',
            name: grafanaSecret(root),
            description: `Administrator of Grafana in ${platform}/${environment.name}`,
            fields: { username: 'admin' },
          },
        ]
      : []),
    ...logStoreUsers(plan).map((user) => ({
      id: `LogStore-${user}`,
      name: logStoreSecret(root, user),
      description: `${USES[user]} in ${platform}/${environment.name}`,
      fields: userFields(user),
    })),
  ];
}
