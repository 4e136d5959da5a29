import { type DatabaseStorage, databaseStorages } from '../cloud/database-storage';
import { evidenceIn } from '../configured';
import { isTrueAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { objectName } from '../source';
import { compared, unknown } from './compared';

/** Percentages that a maximum is above what is allocated: what RDS takes at all, and what it recommends. */
const LEAST = 110;
const WISE = 126;

/** A database that fills its disk gets more of it. */
export const databaseStorageCanGrow: Rule = {
  id: 'database-storage-can-grow',
  severity: 'error',
  protects: 'a full disk stops every write, and storage is raised by hand while users wait',
  formula:
    'max_allocated_storage >= 110 % of allocated_storage (RDS refuses less), should be >= 126 %; of a replica >= that of its ' +
    'source; the StorageClass of a server in pods lets volumes grow',
  source:
    'RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling" (read 2026-11-21); Kubernetes, "Storage Classes", volume expansion',
  scenarios: ['ordinary'],
  judge: (facts) =>
    databaseStorages(facts).flatMap((storage) => (storage.claim === undefined ? ofRds(storage) : ofPods(storage))),
};

function ofRds({ database, gib, growsTo, source }: DatabaseStorage): Verdict[] {
  const subject = database.id;
  const evidence = [database.evidence('/allocated_storage'), database.evidence('/max_allocated_storage')];
  const ofSource = source?.growsTo ?? 0;
  if (gib === undefined)
    return database.replicaOf === undefined
      ? [unknown(subject, 'allocated_storage')]
      : [unknown(subject, `allocated_storage of ${database.replicaOf.replace(/^.*:/, '')}, which was not read`)];
  const needed = Math.max(Math.ceil((gib * WISE) / 100), ofSource);
  const available = growsTo ?? gib;
  const refused = growsTo !== undefined && growsTo * 100 < gib * LEAST;
  return [
    compared({
      subject,
      evidence,
      arithmetic: `${gib} GiB allocated, grows to ${growsTo ?? 'no more'}; ${WISE} % are ${Math.ceil((gib * WISE) / 100)} GiB${ofSource > 0 ? `, ${source?.database.id} grows to ${ofSource}` : ''}`,
      margin: { of: `storage of ${subject}`, needed, available, unit: 'GiB' },
      remedy: () =>
        `set max_allocated_storage to ${needed} or more${growsTo === undefined ? '' : ` (it is ${growsTo})`}`,
      ...(!refused && { severity: 'warning' as const }),
    }),
  ];
}

function ofPods({ database, claim }: DatabaseStorage): Verdict[] {
  if (claim === undefined) return [];
  const { storageClass, name } = claim;
  if (storageClass === undefined) return [unknown(database.id, `the StorageClass of its claim ${name}`)];
  const grows = isTrueAt(storageClass.value, 'allowVolumeExpansion');
  const said = {
    subject: database.id,
    evidence: [claim.evidence, evidenceIn(storageClass, '/allowVolumeExpansion')],
    arithmetic: `its claim ${name} is of ${objectName(storageClass)}, which ${grows ? 'lets volumes grow' : 'does not let volumes grow'}`,
  };
  return [
    grows
      ? { outcome: 'holds', ...said }
      : {
          outcome: 'broken',
          ...said,
          severity: 'warning',
          remedy: `set allowVolumeExpansion: true in ${objectName(storageClass)}`,
        },
  ];
}
