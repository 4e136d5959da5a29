import type { Manifest } from './manifests';
import type { Output } from './output';
import { ENVIRONMENTS, stacksOf } from './platforms';
import type { Block } from './terraform';

/** Types whose replacement loses data, or everything that stands on them, with the argument that names the thing. */
const NAMED_BY: Readonly<Record<string, string>> = {
  aws_backup_vault: 'name',
  aws_cloudwatch_log_group: 'name',
  aws_db_instance: 'identifier',
  aws_dynamodb_table: 'name',
  aws_ebs_volume: 'availability_zone',
  aws_ecr_repository: 'name',
  aws_efs_file_system: 'creation_token',
  aws_eks_cluster: 'name',
  aws_elasticache_cluster: 'cluster_id',
  aws_elasticache_global_replication_group: 'global_replication_group_id_suffix',
  aws_elasticache_replication_group: 'replication_group_id',
  aws_kms_key: 'alias',
  aws_kms_replica_key: 'alias',
  aws_prometheus_workspace: 'alias',
  aws_rds_cluster: 'cluster_identifier',
  aws_rds_cluster_instance: 'identifier',
  aws_rds_global_cluster: 'global_cluster_identifier',
  aws_route53_zone: 'name',
  aws_s3_bucket: 'bucket',
  aws_secretsmanager_secret: 'name',
  aws_sns_topic: 'name',
  aws_sqs_queue: 'name',
  aws_subnet: 'cidr_block',
  aws_vpc: 'cidr_block',
};

/** A key has no name but those that aliases give it. */
const aliases = (json: Block, id: string): string =>
  Object.values<Block>(json.resource?.aws_kms_alias ?? {})
    .filter(({ target_key_id: key }) => String(key).includes(`.${id}.`))
    .map(({ name }) => name)
    .join(',');

function stackIds(name: string, json: Block): string[] {
  return Object.entries<Block>(json.resource ?? {}).flatMap(([type, bodies]) => {
    const argument = NAMED_BY[type];
    if (argument === undefined) return [];
    return Object.entries<Block>(bodies).map(([id, body]) => {
      const named = type.startsWith('aws_kms_') ? aliases(json, id) : (body[argument] ?? `${body.name_prefix ?? ''}*`);
      return `${name} ${type}.${id} ${argument}=${named}`;
    });
  });
}

const label = (labels: Manifest = {}): string =>
  Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** Fields that Kubernetes lets nobody change, and the claims that pods come back to. */
function statefulSetIds({ metadata: { namespace, name }, spec }: Manifest): string[] {
  const templates: Manifest[] = spec.volumeClaimTemplates ?? [];
  const pods = Array.from({ length: spec.replicas ?? 1 }, (_, index) => index);
  return [
    `StatefulSet ${namespace}/${name} serviceName=${spec.serviceName} selector=${label(spec.selector.matchLabels)}`,
    ...templates.map(
      ({ metadata, spec: claim }) =>
        `StatefulSet ${namespace}/${name} claim ${metadata.name} class=${claim.storageClassName} ${claim.accessModes} ${claim.resources.requests.storage}`,
    ),
    ...templates.flatMap(({ metadata }) => pods.map((pod) => `Claim ${namespace}/${metadata.name}-${name}-${pod}`)),
  ];
}

function manifestIds(object: Manifest): string[] {
  const { kind, metadata, spec } = object;
  if (kind === 'StatefulSet') return statefulSetIds(object);
  if (kind === 'PersistentVolumeClaim') return [`Claim ${metadata.namespace}/${metadata.name}`];
  if (kind === 'PersistentVolume') return [`Volume ${metadata.name} ${spec.persistentVolumeReclaimPolicy}`];
  return kind === 'Namespace' ? [`Namespace ${metadata.name}`] : [];
}

/** Names and addresses of everything that holds data, a line each. */
export function statefulIds(output: Output, environments: readonly string[] = ENVIRONMENTS): string[] {
  return environments.flatMap((environment) => [
    ...stacksOf(output, environment).flatMap((name) => stackIds(name, output.stack(name)).sort()),
    ...output
      .objects(environment)
      .flatMap(manifestIds)
      .sort()
      .map((id) => `${environment} ${id}`),
  ]);
}

/** Names and addresses that only one of the two lists has. */
export const lost = (before: readonly string[], now: readonly string[]): string[] =>
  before.filter((id) => !now.includes(id));

/** What to do about a line that is gone. */
export const LOSS = `Something that holds data has lost its name or address. Terraform would destroy it and make another; Kubernetes would
start empty volumes beside the old ones.
- An address moved: keep the resource with a \`moved\` block in the stack (\`stack.addOverride('moved', ...)\`), or \`terraform state mv\`.
- A name changed: it cannot be renamed in place. Restore a snapshot under the new name, or leave the name.
- A StatefulSet, its selector, serviceName or claims changed: copy the data first, then \`--cascade=orphan\` and adopt.
- It is meant to go: \`node scripts/golden.mjs --forget\` drops the lines, with the reason in a decision record.`;
