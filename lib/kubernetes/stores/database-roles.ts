import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { DNS, type OpenPeer, POD_IDENTITY } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { type JobSpec, KubeConfigMap, KubeCronJob, KubeServiceAccount } from '../k8s';
import { contentJob } from '../workload/content-job';
import {
  DATABASE_ROLES_CHECKS,
  type DatabaseRolesPlan,
  type DatabaseRolesProps,
  databaseRolesPlan,
  rolesName,
} from './database-roles-plan';
import { rolesLabels, rolesPod, rolesScripts, rolesSelector } from './database-roles-pod';

const DAY_SECONDS = 86_400;

/** Peers of its pods: where credentials, the master's password and the database come from. */
const egress = ({ database, secrets }: DatabaseRolesPlan): OpenPeer[] => [
  ...DNS,
  POD_IDENTITY,
  ...secrets,
  ...database,
];

/**
 * Roles of a database outside the cluster, made before anybody can log in and kept as declared: each service that connects has a
 * role of its own with the password of its Secret, and whoever is no longer declared cannot log in.
 *
 * A Job does it once for each content; it waits until the Secrets of all roles are there and the server answers. A service whose
 * role is not there yet is not ready, and becomes ready once it is. To be strict about the order, apply the Secrets and this
 * first, then `kubectl wait --for=condition=complete job -l app.kubernetes.io/name=<name>-roles`. Argo CD waits by itself.
 * A CronJob does the same again and again, so that a password which was changed in Secrets Manager is taken.
 *
 * Way back: nothing is ever dropped. Declare a role again, or a password's former version, and the next run restores it.
 *
 * Its pods need the right to read the master's secret, by a Pod Identity association of the service account `<name>-roles`.
 *
 * @example
 * new DatabaseRoles(chart, 'Roles', {
 *   name: 'main',
 *   masterSecret: 'shop/production/main/master',
 *   region: 'eu-west-1',
 *   roles: ['orders-main'],
 *   database: [{ cidr: '10.0.48.0/24', port: 5432 }],
 *   secrets: [{ cidr: '10.0.0.0/20', port: 443 }],
 * });
 */
export class DatabaseRoles extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: DatabaseRolesProps): Finding[] {
    const plan = databaseRolesPlan(props);
    return [
      ...inspect(path, plan, DATABASE_ROLES_CHECKS),
      ...inspectEach(path, 'database', plan.database, NETWORK_PEER_CHECKS),
      ...inspectEach(path, 'secrets', plan.secrets, NETWORK_PEER_CHECKS),
    ];
  }

  /** Service account of its pods, for the association that lets them read the master's secret. */
  readonly serviceAccount: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DatabaseRolesProps) {
    super(scope, id);
    const plan = databaseRolesPlan(props);
    enforce(this, DatabaseRoles.inspect(this.node.path, props));

    const metadata = { name: rolesName(plan), labels: rolesLabels(plan) };
    this.serviceAccount = metadata.name;
    new KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    new KubeConfigMap(this, 'Scripts', { metadata, data: rolesScripts(plan) });
    new NetworkPolicy(this, 'Network', { ...metadata, selector: rolesSelector(plan), egress: egress(plan) });
    this.once(plan);
    this.regularly(plan);
  }

  /** A Job cannot be changed, so its name changes with its content. */
  private once(plan: DatabaseRolesPlan): void {
    const spec = (name: string): JobSpec => ({
      backoffLimit: 6,
      activeDeadlineSeconds: 1800,
      ttlSecondsAfterFinished: DAY_SECONDS,
      template: rolesPod(plan, name),
    });
    contentJob(this, 'Resource', { prefix: rolesName(plan), labels: (name) => rolesLabels(plan, name), spec });
  }

  private regularly(plan: DatabaseRolesPlan): void {
    new KubeCronJob(this, 'Keeper', {
      metadata: { name: rolesName(plan), labels: rolesLabels(plan) },
      spec: {
        schedule: `*/${plan.every.toMinutes()} * * * *`,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 120,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: rolesLabels(plan) },
          spec: { backoffLimit: 1, activeDeadlineSeconds: 900, template: rolesPod(plan, rolesName(plan)) },
        },
      },
    });
  }
}
