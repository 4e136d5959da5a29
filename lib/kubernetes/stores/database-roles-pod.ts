import {
  POSTGRES_FETCH_MASTER,
  POSTGRES_MANAGED_ROLES,
  POSTGRES_ROTATED_ROLES,
} from '../../config/postgres/postgres-managed-roles';
import { Cpu, Memory } from '../../units';
import { hardenedContainer, hardenedPod } from '../hardening';
import type { Container, JobSpec } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { quantity, requirements } from '../quantities';
import { OUTSIDE_THE_MESH } from '../workload/mesh-pod';
import { configChecksum, fileMounts, fileVolumes } from '../workload/mounts';
import { placement } from '../workload/node-placement';
import { type DatabaseRolesPlan, rolesName } from './database-roles-plan';

const COMPONENT = 'database-roles';

const takesTurns = ({ secondLogins, versions }: DatabaseRolesPlan): boolean =>
  Object.keys({ ...secondLogins, ...versions }).length > 0;

const pairs = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map((pair) => pair.join('='))
    .join(' ');

/** Scripts of the ConfigMap by their files. */
export const rolesScripts = (plan: DatabaseRolesPlan) =>
  ({
    'fetch.sh': POSTGRES_FETCH_MASTER,
    'roles.sh': takesTurns(plan) ? POSTGRES_ROTATED_ROLES : POSTGRES_MANAGED_ROLES,
  }) as const;

const SCRIPTS = '/etc/database-roles';
const ROLES = '/run/roles';
const MASTER = '/run/master';
const MASTER_FILE = `${MASTER}/secret.json`;
const TMP = '/tmp';

/** Images come first, and secrets that External Secrets has yet to bring; then the server may still be starting. */
const WAIT_SECONDS = 600;

/** Labels of its pods, and of nothing else. */
export const rolesSelector = (plan: DatabaseRolesPlan): Labels => ({
  'app.kubernetes.io/name': rolesName(plan),
  'app.kubernetes.io/component': COMPONENT,
});

/** Labels of its objects. @param instance Name of the object. */
export const rolesLabels = (plan: DatabaseRolesPlan, instance = rolesName(plan)): Labels => ({
  ...plan.labels,
  ...standardLabels(rolesName(plan), COMPONENT, plan.partOf),
  'app.kubernetes.io/instance': instance,
});

const scripts = (plan: DatabaseRolesPlan) => [
  { name: rolesName(plan), mountPath: SCRIPTS, content: rolesScripts(plan) },
];

const secrets = ({ roles }: DatabaseRolesPlan) => roles.map((secret) => ({ secret, mountPath: `${ROLES}/${secret}` }));

const resources = (memory: Memory) => {
  const ephemeralStorage = Memory.mib(64);
  return requirements({
    requests: { cpu: Cpu.millis(50), memory, ephemeralStorage },
    limits: { cpu: Cpu.millis(500), memory, ephemeralStorage },
  });
};

const common = (image: string, file: keyof ReturnType<typeof rolesScripts>) => ({
  image,
  imagePullPolicy: image.includes('@sha256:') ? 'IfNotPresent' : 'Always',
  command: ['/bin/sh', `${SCRIPTS}/${file}`],
  securityContext: hardenedContainer(),
});

const variables = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** Reads what only this pod may read: nothing of the master is kept in the cluster. */
const reader = (plan: DatabaseRolesPlan): Container => ({
  name: 'fetch',
  ...common(plan.awsImage, 'fetch.sh'),
  env: variables({
    MASTER_NAME: plan.masterSecret,
    POSTGRES_MASTER_FILE: MASTER_FILE,
    AWS_REGION: plan.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: TMP,
  }),
  resources: resources(Memory.mib(256)),
  volumeMounts: [
    ...fileMounts([], scripts(plan)),
    { name: 'master', mountPath: MASTER },
    { name: 'tmp', mountPath: TMP },
  ],
});

/**
 * The server proves that it knows the password, over the very connection that is encrypted: nobody in between could, whatever
 * certificate they have.
 */
const PROVEN = { PGSSLMODE: 'require', PGCHANNELBINDING: 'require', PGREQUIREAUTH: 'scram-sha-256' };

const apply = (plan: DatabaseRolesPlan): Container => ({
  name: 'roles',
  ...common(plan.image, 'roles.sh'),
  env: variables({
    POSTGRES_MASTER_FILE: MASTER_FILE,
    POSTGRES_ROLES: plan.roles.join(' '),
    POSTGRES_ROLES_FOLDER: ROLES,
    POSTGRES_WAIT_SECONDS: `${WAIT_SECONDS}`,
    ...(takesTurns(plan) && {
      POSTGRES_ROLE_VERSIONS: pairs(plan.versions),
      POSTGRES_START_VERSION: `${plan.startVersion}`,
      POSTGRES_SECOND_LOGINS: pairs(plan.secondLogins),
    }),
    ...PROVEN,
    HOME: TMP,
  }),
  resources: resources(Memory.mib(64)),
  volumeMounts: [
    ...fileMounts(secrets(plan), scripts(plan)),
    { name: 'master', mountPath: MASTER, readOnly: true },
    { name: 'tmp', mountPath: TMP },
  ],
});

/** The pod of one run. It does not start before the Secrets of all roles are there. @param instance Name of what makes it. */
export const rolesPod = (plan: DatabaseRolesPlan, instance: string): JobSpec['template'] => ({
  metadata: {
    labels: { ...rolesLabels(plan, instance), ...OUTSIDE_THE_MESH },
    annotations: configChecksum(scripts(plan)),
  },
  spec: {
    serviceAccountName: rolesName(plan),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    ...(plan.priorityClass === undefined ? {} : { priorityClassName: plan.priorityClass }),
    securityContext: hardenedPod(),
    ...placement(plan.placement),
    initContainers: [reader(plan)],
    containers: [apply(plan)],
    volumes: [
      ...fileVolumes(secrets(plan), scripts(plan)),
      { name: 'master', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
      { name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(32)) } },
    ],
  },
});
