import type { Database, Facts } from '../facts';
import { evidenceOf } from '../facts/view';
import { numberAt, textAt } from '../members';
import type { Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { paired } from './paired';

/** What workloads stand on: databases, Kubernetes and nodes. What differs in these cannot be rehearsed. */
export const foundations = (here: Facts, there: Facts): Verdict[] => [
  ...databases(here, there),
  ...kubernetes(here, there),
  ...nodes(here, there),
];

const OTHERWISE = 'or accept the difference with a reason';

const majorOf = (version: string | undefined): string => /^\d+/.exec(version ?? '')?.[0] ?? 'unknown';

/** Parameters that follow from who reads a copy, which may differ as sizes do. */
const OF_REPLICAS =
  /^(max_slot_wal_keep_size|max_wal_senders|max_replication_slots|wal_keep_size|hot_standby_feedback|rds\.logical_replication)$/;

const parametersOf = ({ parameters }: Database): string[] =>
  Object.keys(parameters)
    .filter((name) => !OF_REPLICAS.test(name))
    .sort();

const isManaged = ({ id }: Database): boolean => id.startsWith('aws_');

/** Of a replica of another region the engine is not written: its major tells. */
const nameOf = ({ engine, version }: Database, other: Database): string =>
  `${engine === 'unknown' ? other.engine : engine} ${majorOf(version)}`;

function databases(here: Facts, there: Facts): Verdict[] {
  const blockOf = ({ id }: Database): string => id.replace(/ in .*$/, '');
  const { pairs } = paired(here.databases, there.databases, [
    blockOf,
    ({ name }) => name,
    ({ engine }) => engine,
    () => '',
  ]);
  return pairs.map((pair): Verdict => {
    const evidence = [pair.here.evidence('/engine_version'), pair.there.evidence('/engine_version')];
    const [mine, theirs] = [nameOf(pair.here, pair.there), nameOf(pair.there, pair.here)];
    const subject = pair.here.id;
    if (mine !== theirs)
      return {
        outcome: 'broken',
        subject,
        evidence,
        arithmetic: `${mine} here, ${theirs} in the reference`,
        remedy: `run ${mine} there, ${OTHERWISE}`,
        severity: 'error',
      };
    const [own, others] = [parametersOf(pair.here), parametersOf(pair.there)];
    // a server in a pod is told by parameters what RDS knows by itself
    const isComparable = isManaged(pair.here) === isManaged(pair.there);
    const only = [
      ...own.filter((name) => !others.includes(name)).map((name) => `${name} only here`),
      ...others.filter((name) => !own.includes(name)).map((name) => `${name} only in the reference`),
    ].filter(() => isComparable);
    return only.length === 0
      ? {
          outcome: 'holds',
          subject,
          evidence,
          arithmetic: isComparable ? `${mine} with ${own.length} parameters in both` : `${mine} in both`,
        }
      : {
          outcome: 'broken',
          subject,
          evidence,
          arithmetic: `parameters: ${only.join(', ')}`,
          remedy: `set them in both, ${OTHERWISE}`,
        };
  });
}

const clusters = ({ blocks }: Facts): readonly TerraformBlock[] =>
  blocks.filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_cluster');

/** `35` of `1.35`; a number would lose the 0 of `1.30`. */
function minorOf({ value }: TerraformBlock): number | undefined {
  const version = textAt(value, 'version') ?? numberAt(value, 'version')?.toFixed(2);
  const minor = /^1\.(\d+)$/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function kubernetes(here: Facts, there: Facts): Verdict[] {
  const { pairs } = paired(clusters(here), clusters(there), [({ name }) => name, () => '']);
  return pairs.flatMap((pair): Verdict[] => {
    const [mine, theirs] = [minorOf(pair.here), minorOf(pair.there)];
    if (mine === undefined || theirs === undefined) return [];
    const said = {
      subject: blockName(pair.here),
      evidence: [evidenceOf(pair.here)('/version'), evidenceOf(pair.there)('/version')],
      arithmetic: `Kubernetes 1.${mine} here, 1.${theirs} in the reference`,
    };
    if (theirs >= mine && theirs <= mine + 1) return [{ outcome: 'holds', ...said }];
    const remedy = `run 1.${mine} or 1.${mine + 1} in the reference, ${OTHERWISE}`;
    return [{ outcome: 'broken', ...said, remedy, severity: 'error' }];
  });
}

/** Processors and operating systems of nodes: images of one do not start, or not in the same way, on another. */
function nodes(here: Facts, there: Facts): Verdict[] {
  const [first] = here.nodeGroups;
  if (first === undefined || there.nodeGroups.length === 0) return [];
  const [mine, theirs] = [here, there].map(kindsOf);
  const missing = [...(mine ?? [])].filter((kind) => !theirs?.has(kind));
  const said = {
    subject: 'nodes',
    evidence: [first.evidence('')],
    arithmetic: `${[...(mine ?? [])].join(', ')} here, ${[...(theirs ?? [])].join(', ')} in the reference`,
  };
  if (missing.length === 0) return [{ outcome: 'holds', ...said }];
  const remedy = `add nodes of ${missing.join(', ')} to the reference, ${OTHERWISE}`;
  return [{ outcome: 'broken', ...said, remedy, severity: 'error' }];
}

/** `amd64`, and `AL2023` where a group names its image. */
const kindsOf = ({ nodeGroups, blocks }: Facts): ReadonlySet<string> =>
  new Set([
    ...nodeGroups.map(({ architecture }) => architecture),
    ...blocks
      .filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_node_group')
      .flatMap(({ value }) => systemOf(textAt(value, 'ami_type') ?? '') ?? []),
  ]);

const systemOf = (ami: string): string | undefined => /^(AL2023|AL2|BOTTLEROCKET|WINDOWS)(?=_)/.exec(ami)?.[1];
