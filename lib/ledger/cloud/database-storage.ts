import type { Database, Facts } from '../facts';
import { GIB } from '../facts/amounts';
import { references } from '../facts/references';
import { at, numberAt, textAt } from '../members';
import { onceFor } from '../once-for';
import { grouped } from '../rules/behind';
import { blockName, type TerraformBlock } from '../source';
import { type Claim, claimsOf } from './claims';

/** The disk of a database server. */
export interface DatabaseStorage {
  readonly database: Database;
  /** GiB that it has now; of a replica those of its source. Undefined where nothing that was read says it. */
  readonly gib: number | undefined;
  /** GiB that RDS lets it grow to by itself. */
  readonly growsTo: number | undefined;
  readonly source: DatabaseStorage | undefined;
  /** Of a server in pods the volume that it has. */
  readonly claim: Claim | undefined;
  /** Pointer of the fields, for evidence. */
  readonly field: string;
}

/** Disks of instances of RDS and of servers in pods; Aurora grows as it likes. */
export const databaseStorages = onceFor(readStorages);

function readStorages(facts: Facts): DatabaseStorage[] {
  if (facts.databases.length === 0) return [];
  const blocks = new Map(facts.blocks.map((block) => [blockName(block), block]));
  const refer = references(facts.blocks);
  const byName = new Map(facts.databases.map((database) => [database.name, database]));
  const claims = grouped(claimsOf(facts), ({ workload }) => [workload.id]);
  const sourceOf = (block: TerraformBlock): TerraformBlock | undefined => {
    const named = at(block.value, 'replicate_source_db');
    const [direct] = refer(named, block).filter(({ type }) => type === 'aws_db_instance');
    const name = /:db:([\w-]+)$/.exec(textAt(block.value, 'replicate_source_db') ?? '')?.[1];
    return direct ?? (name === undefined ? undefined : blocks.get(byName.get(name)?.id ?? ''));
  };
  const ofInstance = (database: Database, block: TerraformBlock, depth: number): DatabaseStorage => {
    const from = depth > 4 ? undefined : sourceOf(block);
    const owner = from && facts.databases.find(({ id }) => id === blockName(from));
    const source = from && owner && ofInstance(owner, from, depth + 1);
    return {
      ...{ database, source, claim: undefined, field: '/max_allocated_storage' },
      gib: numberAt(block.value, 'allocated_storage') ?? source?.gib,
      growsTo: numberAt(block.value, 'max_allocated_storage') || undefined, // 0 is how RDS says that it does not grow
    };
  };
  return facts.databases.flatMap((database): DatabaseStorage[] => {
    const block = blocks.get(database.id);
    if (block?.type === 'aws_db_instance') return [ofInstance(database, block, 0)];
    const [claim] = [...(claims.get(database.id) ?? [])].sort((one, other) => other.bytes - one.bytes);
    if (claim === undefined) return [];
    const gib = claim.bytes === 0 ? undefined : claim.bytes / GIB;
    return [{ database, gib, growsTo: undefined, source: undefined, claim, field: '' }];
  });
}

/** Databases by the one that they replicate, whatever they call it. */
export function replicasOf(databases: readonly Database[]): ReadonlyMap<string, readonly Database[]> {
  const idOf = new Map(databases.flatMap(({ id, name }) => [[id, id] as const, [name, id] as const]));
  return grouped(
    databases.filter(({ replicaOf }) => replicaOf !== undefined),
    ({ replicaOf = '' }) => [idOf.get(replicaOf) ?? idOf.get(replicaOf.split(':').at(-1) ?? '') ?? replicaOf],
  );
}
