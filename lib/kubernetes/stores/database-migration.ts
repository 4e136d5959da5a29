import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { POSTGRES_WAIT_FOR_ROLE } from '../../config/postgres/postgres-wait';
import { migrationName } from '../../model';
import { Memory } from '../../units';
import { DNS, POD_IDENTITY } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { hardenedContainer, hardenedPod } from '../hardening';
import { type Container, type JobSpec, KubeServiceAccount } from '../k8s';
import { standardLabels } from '../labels';
import { quantity, requirements } from '../quantities';
import { contentJob } from '../workload/content-job';
import { OUTSIDE_THE_MESH } from '../workload/mesh-pod';
import { fileMounts, fileVolumes } from '../workload/mounts';
import { placement } from '../workload/node-placement';
import {
  amounts,
  DATABASE_MIGRATION_CHECKS,
  type DatabaseMigrationPlan,
  type DatabaseMigrationProps,
  databaseMigrationPlan,
  MIGRATION_COMPONENT,
  migrationSelector,
} from './database-migration-plan';

const WAIT_SECONDS = 240;
const DAY_SECONDS = 86_400;

const nameOf = ({ service }: Pick<DatabaseMigrationProps, 'service'>): string => migrationName(service);

/**
 * Runs what brings the tables of a service to the shape of its release, once for each image and command. It starts when the
 * role of the service can log in, so that whatever makes roles comes first; Argo CD runs it with each sync and holds back what stands in a
 * later wave. With kubectl: `kubectl wait --for=condition=complete job -l app.kubernetes.io/name=<service>-migration` before
 * the service is applied.
 *
 * Way back: the release before still works on the new tables, so that going back is that of the service alone. What a migration
 * cannot undo is undone by a restore to the minute before it.
 *
 * @example
 * new DatabaseMigration(chart, 'Migration', {
 *   service: 'orders',
 *   image: 'registry.example.com/shop/orders:1.4.0',
 *   command: ['alembic', 'upgrade', 'head'],
 *   secretFiles: [{ secret: 'orders-main', mountPath: '/var/run/secrets/shop/main' }],
 *   roleFolder: '/var/run/secrets/shop/main',
 *   database: [{ cidr: '10.0.48.0/24', port: 5432 }],
 * });
 */
export class DatabaseMigration extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: DatabaseMigrationProps): Finding[] {
    const plan = databaseMigrationPlan(props);
    return [
      ...inspect(path, plan, DATABASE_MIGRATION_CHECKS),
      ...inspectEach(path, 'database', plan.database, NETWORK_PEER_CHECKS),
    ];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DatabaseMigrationProps) {
    super(scope, id);
    const plan = databaseMigrationPlan(props);
    enforce(this, DatabaseMigration.inspect(this.node.path, props));

    const name = nameOf(plan);
    const labels = { ...plan.labels, ...standardLabels(name, MIGRATION_COMPONENT, plan.partOf) };
    new KubeServiceAccount(this, 'ServiceAccount', { metadata: { name, labels }, automountServiceAccountToken: false });
    const egress = [...DNS, POD_IDENTITY, ...plan.database];
    new NetworkPolicy(this, 'Network', { name, labels, selector: migrationSelector(plan.service), egress });

    const labelled = (instance: string) => ({ ...labels, 'app.kubernetes.io/instance': instance });
    const spec = (instance: string): JobSpec => ({
      backoffLimit: 3,
      activeDeadlineSeconds: plan.within.toSeconds(),
      ttlSecondsAfterFinished: DAY_SECONDS,
      template: this.pod(plan, labelled(instance)),
    });
    contentJob(this, 'Resource', { prefix: name, labels: labelled, spec });
  }

  private pod(plan: DatabaseMigrationPlan, labels: Readonly<Record<string, string>>): JobSpec['template'] {
    const { priorityClassName, secretFiles } = plan;
    return {
      metadata: { labels: { ...labels, ...OUTSIDE_THE_MESH } },
      spec: {
        serviceAccountName: nameOf(plan),
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        ...(priorityClassName === undefined ? {} : { priorityClassName }),
        securityContext: hardenedPod(),
        ...placement(plan.nodes),
        initContainers: [this.wait(plan)],
        containers: [this.migrate(plan)],
        volumes: [...fileVolumes(secretFiles, []), { name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(64)) } }],
      },
    };
  }

  private wait({ waitImage, roleFolder, secretFiles }: DatabaseMigrationPlan): Container {
    return {
      name: 'wait',
      image: waitImage,
      imagePullPolicy: waitImage.includes('@sha256:') ? 'IfNotPresent' : 'Always',
      command: ['/bin/sh', '-c', POSTGRES_WAIT_FOR_ROLE],
      env: [
        { name: 'POSTGRES_ROLE_FOLDER', value: roleFolder },
        { name: 'POSTGRES_WAIT_SECONDS', value: `${WAIT_SECONDS}` },
        { name: 'PGSSLMODE', value: 'require' },
        { name: 'PGCHANNELBINDING', value: 'require' },
        { name: 'HOME', value: '/tmp' },
      ],
      resources: requirements({ requests: amounts(50, 64), limits: amounts(200, 64) }),
      securityContext: hardenedContainer(),
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...fileMounts(secretFiles, [])],
    };
  }

  private migrate({ image, command, settings, resources, secretFiles }: DatabaseMigrationPlan): Container {
    return {
      name: 'migrate',
      image,
      imagePullPolicy: image.includes('@sha256:') ? 'IfNotPresent' : 'Always',
      command: [...command],
      // `$(NAME)` is a reference to Kubernetes, so that a literal `$` is written twice
      env: Object.entries(settings).map(([name, value]) => ({ name, value: value.split('$').join('$$') })),
      resources: requirements(resources),
      securityContext: hardenedContainer(),
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...fileMounts(secretFiles, [])],
    };
  }
}
