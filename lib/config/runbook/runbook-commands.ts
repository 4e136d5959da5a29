import type { RunbookCache, RunbookDatabase, RunbookPlace, RunbookWorkload } from './runbook-props';

/** A command of kubectl in the namespace of the workloads. */
export const kubectl = ({ namespace }: Pick<RunbookPlace, 'namespace'>, command: string): string =>
  `kubectl --namespace ${namespace} ${command}`;

/** One of the plugin for Rollouts. */
export const rollouts = ({ namespace }: Pick<RunbookPlace, 'namespace'>, command: string): string =>
  `kubectl argo rollouts ${command} --namespace ${namespace}`;

/** What kubectl calls a workload. */
export const workloadReference = ({ kind, object }: RunbookWorkload): string =>
  kind === 'Rollout' ? `rollouts.argoproj.io/${object}` : `deployment/${object}`;

/** What kubectl calls its autoscaler. */
export const autoscalerReference = ({ scaledBy, autoscaler }: RunbookWorkload): string =>
  scaledBy === 'ScaledObject' ? `scaledobjects.keda.sh/${autoscaler}` : `hpa/${autoscaler}`;

/** Its minimum, which is what decides: replicas of the workload itself are put back by the autoscaler within 15 s. */
export function atLeast(place: RunbookPlace, workload: RunbookWorkload, pods: number): string {
  const field = workload.scaledBy === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas';
  return kubectl(place, `patch ${autoscalerReference(workload)} --type merge --patch '{"spec":{"${field}":${pods}}}'`);
}

/** Waits until no pod is left that is not ready; those of Jobs that are done never are again. */
export const everyPodReady = (place: Pick<RunbookPlace, 'namespace'>): string =>
  kubectl(
    place,
    'wait pods --field-selector status.phase!=Succeeded,status.phase!=Failed --for=condition=Ready --timeout=15m',
  );

/** Pods of a service. */
export const selector = ({ service }: RunbookWorkload): string =>
  `--selector app.kubernetes.io/name=${service},app.kubernetes.io/instance=${service}`;

const CONTROLLER = 'kubectl --namespace argocd scale statefulset/argocd-application-controller';

/** Argo CD would put back what is about to be changed. */
export const holdArgo = ({ appliedBy }: RunbookPlace): string[] =>
  appliedBy === 'argo-cd' ? [`${CONTROLLER} --replicas=0`] : [];

/** From here on the cluster is again what Git says. */
export const releaseArgo = ({ appliedBy }: RunbookPlace): string[] =>
  appliedBy === 'argo-cd' ? [`${CONTROLLER} --replicas=1`] : [];

/** Reads a field of the master's secret, in the pod that has it: it is in no argument, and so in no log of the API server. */
const MASTER = [
  `field() { sed -n "s/.*\\"$1\\" *: *\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p" "$POSTGRES_MASTER_FILE"; }`,
  'export PGHOST=$(field host) PGPORT=$(field port) PGUSER=$(field username) PGPASSWORD=$(field password) PGDATABASE=$(field dbname)',
  'exec psql "$@"',
].join('; ');

/** Name of the Job that people work in. */
const shellJob = ({ name }: RunbookDatabase): string => `${name}-psql`;

/** Whether somebody in the cluster may speak to the server as its master. */
export const hasShell = (database: RunbookDatabase): boolean =>
  database.runs === 'pod' || database.rolesJob !== undefined;

/** Gets a pod that may speak to the database, for an hour; one of the server's own needs none. */
export function openShell(place: RunbookPlace, database: RunbookDatabase): string[] {
  if (database.runs === 'pod' || database.rolesJob === undefined) return [];
  const job = shellJob(database);
  return [
    kubectl(place, `create job ${job} --from=cronjob/${database.rolesJob} --dry-run=client --output json \\`),
    `  | jq '.spec.activeDeadlineSeconds = 3600 | .spec.template.spec.containers[0].command = ["sleep", "3600"]' \\`,
    `  | ${kubectl(place, 'apply --filename -')}`,
    kubectl(place, `wait pods --selector job-name=${job} --for=condition=Ready --timeout=5m`),
    `MASTER='${MASTER}'`,
  ];
}

/** Takes the pod away again. */
export const closeShell = (place: RunbookPlace, database: RunbookDatabase): string[] =>
  database.runs === 'pod' ? [] : [kubectl(place, `delete job ${shellJob(database)}`)];

/** A statement as the server's master, from within the cluster; in quotes there must be no double ones. */
export const psql = (place: RunbookPlace, database: RunbookDatabase, statement: string): string =>
  database.runs === 'pod'
    ? kubectl(
        place,
        `exec ${database.object}-0 --container postgres -- psql --username postgres --dbname postgres --command "${statement}"`,
      )
    : kubectl(
        place,
        `exec job/${shellJob(database)} --container roles -- sh -c "$MASTER" psql --dbname postgres --command "${statement}"`,
      );

/** A command of redis-cli in one member, with the password and certificates that are there. */
export const redis = (place: RunbookPlace, cache: RunbookCache & { readonly runs: 'pod' }, command: string): string =>
  kubectl(
    place,
    `exec ${cache.pod} --container redis -- sh -c 'REDISCLI_AUTH=$(cat "$REDIS_AUTH_FILE") redis-cli --tls --cacert "$REDIS_TLS_FOLDER/ca.crt" --cert "$REDIS_TLS_FOLDER/tls.crt" --key "$REDIS_TLS_FOLDER/tls.key" -h "$REDIS_IP" -p "$REDIS_PORT" ${command}'`,
  );
