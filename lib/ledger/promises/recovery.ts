import type { RecoverySpec } from '../../model/recovery/recovery';
import { Duration } from '../../units';
import type { Facts, PromisedLoss, RecoveryPromise } from '../facts';
import { seconds } from '../facts/amounts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { type Refer, references } from '../facts/references';
import { evidenceOf } from '../facts/view';
import { at, isTrueAt, numberAt, textAt } from '../members';
import { lossesOf } from '../read/promised';
import type { Evidence } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { backupsOf, type PlannedBackup } from './backups';
import { followers, isReplica, type Means } from './followers';
import { regionsOf } from './region';
import { tagOf } from './tags';
import { lasting } from './ways-back';

/** A database that takes writes, what is promised of it, and what brings it back. */
export interface Recoverable {
  readonly id: string;
  readonly promise: RecoveryPromise | undefined;
  /** What brings it back from a loss, as far as this Terraform makes it, or what would have to be known to say that. */
  readonly specOf: (loss: PromisedLoss) => RecoverySpec | { readonly needs: string };
  readonly evidence: readonly Evidence[];
}

/** Days that backups are kept where nothing is written. Source: terraform-provider-aws, `rds/instance.go`, `rds/cluster.go`. */
const KEPT_DAYS: Readonly<Record<string, number>> = { aws_db_instance: 0, aws_rds_cluster: 1 };

/** How far back backups reach does not matter to a loss that is seen at once. */
const SOME = Duration.days(1);

const isWriter = (block: TerraformBlock): boolean =>
  block.mode === 'resource' &&
  Object.hasOwn(KEPT_DAYS, block.type) &&
  !isReplica(block) &&
  !isWritten(block, 'replication_source_identifier');

const isWritten = ({ value }: TerraformBlock, name: string): boolean => (at(value, name) ?? null) !== null;

/** Every database of RDS that takes writes. */
export function recoverables({ blocks, assumptions: { promises } }: Facts): readonly Recoverable[] {
  const writers = blocks.filter(isWriter);
  if (writers.length === 0) return [];
  const refer = references(blocks);
  const regionOf = regionsOf(blocks);
  const plans = backupsOf(blocks, refer, regionOf);
  const replicas = followers(blocks, refer);
  const replications = blocks.filter(({ type }) => type === 'aws_db_instance_automated_backups_replication');
  return writers.map((block): Recoverable => {
    const arnEnd = arnEndOf(block);
    const means: Means = (reference, from) =>
      (typeof reference === 'string' && (reference === arnEnd.split(':')[1] || reference.endsWith(`:${arnEnd}`))) ||
      refer(reference, from).includes(block);
    const replicated = replications.filter((one) => means(at(one.value, 'source_db_instance_arn'), one));
    const planned = plans(block, arnEnd);
    const region = regionOf(block);
    const isElsewhere = (where: string | undefined): where is string => where !== undefined && where !== region;
    const specOf = (loss: PromisedLoss): RecoverySpec | { readonly needs: string } => {
      const days = numberAt(block.value, 'backup_retention_period');
      if (region === undefined) return { needs: 'the region of its provider' };
      if (days === undefined && isWritten(block, 'backup_retention_period'))
        return { needs: 'a number for backup_retention_period' };
      if (isWritten(block, 'global_cluster_identifier'))
        return { needs: 'how far the other clusters of its global database are behind' };
      const kept = days ?? KEPT_DAYS[block.type] ?? 0;
      const [copy] = replicated.map(regionOf).filter(isElsewhere);
      const [replica] = replicas(means)
        .flatMap(({ block: one, lag }) => ({ region: regionOf(one), lag }))
        .filter((one): one is { region: string; lag: number } => isElsewhere(one.region))
        .sort((one, other) => one.lag - other.lag);
      const backup = shortest(loss === 'zone' ? planned : planned.filter(({ copies }) => copies.some(isElsewhere)));
      return {
        region,
        multiAz: hasStandby(block, blocks, refer),
        ...(kept > 0 && { pointInTime: { retention: SOME } }),
        ...(copy !== undefined && { replicatedBackups: { region: copy, retention: SOME } }),
        ...(replica && { replica: { region: replica.region, lag: lasting(replica.lag) } }),
        ...(backup && {
          backups: {
            interval: lasting(backup.everySeconds),
            startWithin: lasting(backup.startWithinMinutes * 60),
            retention: SOME,
            copies: backup.copies.filter(isElsewhere).map((where) => ({ region: where })),
          },
        }),
      };
    };
    return {
      id: blockName(block),
      promise: promiseOf(block) ?? promises,
      specOf,
      evidence: [
        evidenceOf(block)('/backup_retention_period'),
        ...replicated.map((one) => evidenceOf(one)('/source_db_instance_arn')),
        ...planned.map(({ evidence }) => evidence),
      ],
    };
  });
}

const shortest = (planned: readonly PlannedBackup[]): PlannedBackup | undefined =>
  [...planned].sort((one, other) => one.everySeconds - other.everySeconds)[0];

/** What its ARN ends in: `db:shop-main`. */
function arnEndOf({ type, name, value }: TerraformBlock): string {
  const isInstance = type === 'aws_db_instance';
  return `${isInstance ? 'db' : 'cluster'}:${textAt(value, isInstance ? 'identifier' : 'cluster_identifier') ?? name}`;
}

/** What a database promises itself. */
function promiseOf(block: TerraformBlock): RecoveryPromise | undefined {
  const rpoSeconds = seconds(tagOf(block, ASSUMPTION_NAMES.rpo));
  const rtoSeconds = seconds(tagOf(block, ASSUMPTION_NAMES.rto));
  const survives = lossesOf(tagOf(block, ASSUMPTION_NAMES.survives)?.trim().split(/\s+/));
  if (survives === undefined || (rpoSeconds === undefined && rtoSeconds === undefined)) return undefined;
  return { rpoSeconds, rtoSeconds, survives };
}

/** Whether a second server stands in another zone. Of clusters: those of three zones, and Aurora with a reader. */
function hasStandby(block: TerraformBlock, blocks: readonly TerraformBlock[], refer: Refer): boolean {
  if (block.type === 'aws_db_instance') return isTrueAt(block.value, 'multi_az');
  if (isWritten(block, 'db_cluster_instance_class')) return true;
  const members = blocks.filter(
    (one) => one.type === 'aws_rds_cluster_instance' && refer(at(one.value, 'cluster_identifier'), one).includes(block),
  );
  return members.length > 1 || members.some(({ value }) => (numberAt(value, 'count') ?? 1) > 1);
}
