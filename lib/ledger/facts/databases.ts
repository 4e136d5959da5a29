import { rdsClass } from '../../catalog';
import type { Database } from '../facts';
import { at, blocksAt, isTrueAt, textAt } from '../members';
import { blockName, type Skipped, type TerraformBlock } from '../source';
import { MIB } from './amounts';
import { type Refer, references } from './references';
import { evidenceOf, leftOut, type View } from './view';

/** Database servers that Terraform makes: instances of RDS, and of clusters. */
export function databasesOf(blocks: readonly TerraformBlock[]): View<Database> {
  const refer = references(blocks);
  const skipped: Skipped[] = [];
  const found: Database[] = [];
  for (const block of blocks) {
    if (block.mode !== 'resource') continue;
    if (
      block.type === 'aws_db_instance' ||
      block.type === 'aws_rds_cluster' ||
      block.type === 'aws_rds_cluster_instance'
    ) {
      if (block.type === 'aws_rds_cluster' && hasInstances(block, blocks, refer)) continue;
      found.push(database(block, refer));
    } else if (/^(google_sql|azurerm_(postgresql|mysql)).*(instance|server)$/.test(block.type))
      skipped.push(leftOut(block, 'databases', 'is a database of a cloud that is not known here'));
  }
  return { found, skipped };
}

const hasInstances = (cluster: TerraformBlock, blocks: readonly TerraformBlock[], refer: Refer): boolean =>
  blocks.some(
    (block) =>
      block.mode === 'resource' &&
      block.type === 'aws_rds_cluster_instance' &&
      refer(at(block.value, 'cluster_identifier'), block).includes(cluster),
  );

function database(block: TerraformBlock, refer: Refer): Database {
  const { value } = block;
  const [cluster] = refer(at(value, 'cluster_identifier'), block).filter(({ type }) => type === 'aws_rds_cluster');
  const [source] = refer(at(value, 'replicate_source_db'), block).filter(({ type }) => type === 'aws_db_instance');
  const inherits = (name: string): string | undefined =>
    literal(textAt(value, name)) ?? literal(textAt(cluster?.value, name)) ?? literal(textAt(source?.value, name));
  const parameters = {
    ...parametersOf(at(cluster?.value, 'db_cluster_parameter_group_name'), cluster, refer),
    ...parametersOf(at(value, 'db_cluster_parameter_group_name'), block, refer),
    ...parametersOf(at(value, 'parameter_group_name') ?? at(value, 'db_parameter_group_name'), block, refer),
  };
  const instanceClass = literal(textAt(value, 'instance_class') ?? textAt(value, 'db_cluster_instance_class'));
  const memoryMib = instanceClass === undefined ? undefined : rdsClass(instanceClass)?.memoryMib;
  const memoryBytes = memoryMib === undefined ? undefined : memoryMib * MIB;
  const engine = inherits('engine') ?? 'unknown';
  return {
    id: blockName(block),
    name: literal(textAt(value, 'identifier') ?? textAt(value, 'cluster_identifier')) ?? block.name,
    engine,
    version: inherits('engine_version'),
    instanceClass,
    memoryBytes,
    maxConnections: maxConnections(parameters.max_connections, engine, memoryBytes),
    multiAz: isTrueAt(value, 'multi_az') || block.type === 'aws_rds_cluster',
    replicaOf: source === undefined ? textAt(value, 'replicate_source_db') || undefined : blockName(source),
    parameters,
    evidence: evidenceOf(block),
  };
}

const literal = (text: string | undefined): string | undefined =>
  text === undefined || text.includes('${') ? undefined : text;

/** Parameters of the group that is named, where it was given. */
function parametersOf(
  value: Parameters<Refer>[0],
  from: TerraformBlock | undefined,
  refer: Refer,
): Readonly<Record<string, string>> {
  if (from === undefined) return {};
  const group = refer(value, from).find(
    ({ type }) => type === 'aws_db_parameter_group' || type === 'aws_rds_cluster_parameter_group',
  );
  return Object.fromEntries(
    blocksAt(group?.value, 'parameter').flatMap((parameter) => {
      const name = textAt(parameter, 'name');
      const written = at(parameter, 'value');
      return name === undefined || written === undefined || written === null ? [] : [[name, String(written)]];
    }),
  );
}

/**
 * Share of nominal memory that RDS' formulas reckon with, after the operating system took its part. Observed were 92 to 95 %
 * (413 connections with 4 GiB, 856 with 8): what can be counted on is a little less.
 */
const COUNTED_ON = 0.91;

/** Defaults of RDS. */
const DEFAULTS: readonly (readonly [engine: RegExp, formula: string])[] = [
  [/^(aurora-)?postgres/, 'LEAST({DBInstanceClassMemory/9531392},5000)'],
  [/^(mysql|mariadb)$/, '{DBInstanceClassMemory/12582880}'],
];

/** Connections that a server takes: as its parameter says, which may be a formula of memory, else the engine's default. */
function maxConnections(parameter: string | undefined, engine: string, memory: number | undefined): number | undefined {
  const formula = parameter ?? DEFAULTS.find(([of]) => of.test(engine))?.[1];
  if (formula === undefined) return undefined;
  if (/^\d+$/.test(formula)) return Number(formula);
  if (memory === undefined) return undefined;
  const each = formula
    .replace(/^(LEAST|GREATEST)\((.*)\)$/, '$2')
    .split(',')
    .map((term) => {
      const divisor = /^\{DBInstanceClassMemory\/(\d+)\}$/.exec(term.trim())?.[1];
      return divisor === undefined ? Number(term.trim()) : Math.floor((memory * COUNTED_ON) / Number(divisor));
    });
  if (each.length === 0 || !each.every(Number.isFinite)) return undefined;
  return formula.startsWith('GREATEST') ? Math.max(...each) : Math.min(...each);
}
