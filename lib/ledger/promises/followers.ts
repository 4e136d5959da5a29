import type { Refer } from '../facts/references';
import { at, blocksAt, numberAt, textAt } from '../members';
import type { Json, TerraformBlock } from '../source';

/** A replica of which somebody watches the lag. */
export interface Follower {
  readonly block: TerraformBlock;
  /** Seconds behind from which an alarm rings. */
  readonly lag: number;
}

/** Whether a reference, seen from a block, means the database that is asked about. */
export type Means = (reference: Json | undefined, from: TerraformBlock) => boolean;

export const isReplica = ({ mode, type, value }: TerraformBlock): boolean =>
  mode === 'resource' && type === 'aws_db_instance' && (at(value, 'replicate_source_db') ?? '') !== '';

/** Finds replicas of a database. Of those whose lag nobody watches, nobody can say how far behind they are. */
export function followers(blocks: readonly TerraformBlock[], refer: Refer): (means: Means) => readonly Follower[] {
  const replicas = blocks.filter(isReplica);
  const alarms = replicas.length === 0 ? [] : blocks.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
  return (means) =>
    replicas
      .filter((replica) => means(at(replica.value, 'replicate_source_db'), replica))
      .flatMap((block) => {
        const lags = alarms.flatMap((alarm) => lagOf(alarm, block, refer) ?? []);
        return lags.length === 0 ? [] : [{ block, lag: Math.min(...lags) }];
      });
}

function lagOf(alarm: TerraformBlock, replica: TerraformBlock, refer: Refer): number | undefined {
  const queried = blocksAt(alarm.value, 'metric_query').flatMap((query) => blocksAt(query, 'metric'));
  const isAbout = [alarm.value, ...queried].some((metric) => {
    const instance = at(metric, 'dimensions', 'DBInstanceIdentifier');
    return (
      textAt(metric, 'metric_name') === 'ReplicaLag' &&
      instance !== undefined &&
      (instance === at(replica.value, 'identifier') || refer(instance, alarm).includes(replica))
    );
  });
  const threshold = numberAt(alarm.value, 'threshold');
  return isAbout && threshold !== undefined && threshold >= 0 ? threshold : undefined;
}
