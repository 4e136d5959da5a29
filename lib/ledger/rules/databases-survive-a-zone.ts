import type { Database } from '../facts';
import { references } from '../facts/references';
import { at, isTrueAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { grouped } from './behind';
import { compared } from './compared';

/** A database that must not go has a standby in another zone. */
export const databasesSurviveAZone: Rule = {
  id: 'databases-survive-a-zone',
  severity: 'warning',
  protects: 'when the zone of a database is lost there is nobody to take over, and its data comes back from a backup',
  formula:
    'instances with deletion_protection, and servers in pods with a volume: zones that hold it >= 2 (multi_az, or a replica of a cluster)',
  source: 'RDS user guide, "Configuring and managing a Multi-AZ deployment"',
  scenarios: ['zone-lost'],
  judge: (facts) => {
    if (facts.databases.length === 0) return [];
    const blocks = new Map(facts.blocks.map((block) => [blockName(block), block]));
    const refer = references(facts.blocks);
    const clusterOf = (block: TerraformBlock): TerraformBlock | undefined =>
      refer(at(block.value, 'cluster_identifier'), block).find(({ type }) => type === 'aws_rds_cluster');
    const instances = grouped(
      facts.blocks.filter(({ mode, type }) => mode === 'resource' && type === 'aws_rds_cluster_instance'),
      (block) => [clusterOf(block)?.name ?? ''],
    );
    return facts.databases.flatMap((database): Verdict[] => {
      const block = blocks.get(database.id);
      // what is copied from elsewhere can be copied again
      if (block === undefined || database.replicaOf !== undefined) return [];
      const cluster = clusterOf(block);
      if (!isTrueAt((cluster ?? block).value, 'deletion_protection')) return [];
      const members = cluster === undefined ? 0 : (instances.get(cluster.name)?.length ?? 0);
      return [verdictOf(database, database.multiAz || members > 1 ? 2 : 1)];
    });
  },
};

const verdictOf = (database: Database, zones: number): Verdict =>
  compared({
    subject: database.id,
    evidence: [database.evidence('/multi_az')],
    arithmetic:
      zones > 1 ? 'it has somebody to take over in another zone' : 'it must not be deleted, and stands in one zone',
    margin: { of: `zones of ${database.id}`, needed: 2, available: zones, unit: 'zones' },
    remedy: () => 'set multi_az = true (a cluster: add an instance)',
  });
