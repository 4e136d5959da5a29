import type { Cidr } from '../../model/network/cidr';
import type { Facts } from '../facts';
import type { Refer } from '../facts/references';
import { at, listAt, numberAt, textAt } from '../members';
import { blockName, type TerraformBlock } from '../source';
import { groupBlocks } from './addresses';

/** A database or cache of AWS that pods connect to. */
export interface Store {
  readonly id: string;
  /** First label of its addresses that is its own: its identifier. */
  readonly name: string;
  readonly port: number;
  /** Addresses that it may have; undefined where its subnets were not given. */
  readonly blocks: readonly Cidr[] | undefined;
  /** Its security groups; undefined where one was not given. */
  readonly groups: readonly TerraformBlock[] | undefined;
  readonly block: TerraformBlock;
}

const POSTGRES = 5432;
const MYSQL = 3306;
const REDIS = 6379;

const KINDS: Readonly<
  Record<string, { readonly name: string; readonly groups: string; readonly subnets: string; readonly cache?: true }>
> = {
  aws_db_instance: { name: 'identifier', groups: 'vpc_security_group_ids', subnets: 'db_subnet_group_name' },
  aws_rds_cluster: { name: 'cluster_identifier', groups: 'vpc_security_group_ids', subnets: 'db_subnet_group_name' },
  aws_elasticache_replication_group: {
    name: 'replication_group_id',
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    cache: true,
  },
  aws_elasticache_cluster: {
    name: 'cluster_id',
    groups: 'security_group_ids',
    subnets: 'subnet_group_name',
    cache: true,
  },
};

export const storesOf = ({ blocks }: Facts, refer: Refer): Store[] =>
  blocks.flatMap((block): Store[] => {
    const known = Object.hasOwn(KINDS, block.type) ? KINDS[block.type] : undefined;
    const name = known && textAt(block.value, known.name);
    if (block.mode !== 'resource' || known === undefined || name === undefined || name.includes('${')) return [];
    const usual = known.cache ? REDIS : /mysql|maria/.test(textAt(block.value, 'engine') ?? '') ? MYSQL : POSTGRES;
    const ids = listAt(block.value, known.groups);
    const groups = ids.map((id) => refer(id, block).filter(({ type }) => type === 'aws_security_group'));
    return [
      {
        id: blockName(block),
        name,
        port: numberAt(block.value, 'port') ?? usual,
        blocks: groupBlocks(refer, at(block.value, known.subnets), block),
        groups: ids.length === 0 || groups.some((one) => one.length === 0) ? undefined : groups.flat(),
        block,
      },
    ];
  });

/** The store that a host belongs to: `shop.c9.us-east-1.rds.amazonaws.com`, `master.shop.x.use1.cache.amazonaws.com`. */
export function storeNamed(stores: readonly Store[], host: string): Store | undefined {
  const labels = host.toLowerCase().split('.');
  if (!/\.(rds|cache)\.amazonaws\.com(\.cn)?$/.test(host.toLowerCase())) return undefined;
  return stores.find(({ name }) => labels[0] === name.toLowerCase() || labels[1] === name.toLowerCase());
}
