import { evidenceIn } from '../configured';
import { listAt, textAt, textsAt } from '../members';
import type { Verdict } from '../rule';
import { grouped } from '../rules/behind';
import { compared } from '../rules/compared';
import { ofGroup } from '../rules/fields';
import { type KubernetesObject, objectName } from '../source';
import { bySameGroups, type VolumeHome, zonesOf } from './volume-homes';

export const ZONE_KEYS: readonly string[] = [
  'topology.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
  'failure-domain.beta.kubernetes.io/zone',
];

/** Each StorageClass, by the nodes of the pods that use it; `clusterZones` are those that a driver knows of. */
export function classVerdicts(homes: readonly VolumeHome[], clusterZones: readonly string[]): Verdict[] {
  const uses = homes.flatMap((home) =>
    home.claims.flatMap(({ storageClass }) => (storageClass === undefined ? [] : [{ home, storageClass }])),
  );
  return [...grouped(uses, ({ storageClass }) => [storageClass.name])].flatMap(([, same]) => {
    const storageClass = same[0]?.storageClass;
    if (storageClass === undefined) return [];
    const waits = textAt(storageClass.value, 'volumeBindingMode') === 'WaitForFirstConsumer';
    const verdict = waits ? waiting : immediate;
    return bySameGroups([...new Set(same.map(({ home }) => home))]).map((users) =>
      verdict(storageClass, users, clusterZones),
    );
  });
}

const allowedZones = ({ value }: KubernetesObject): readonly string[] => [
  ...new Set(
    listAt(value, 'allowedTopologies').flatMap((topology) =>
      listAt(topology, 'matchLabelExpressions')
        .filter((match) => ZONE_KEYS.includes(textAt(match, 'key') ?? ''))
        .flatMap((match) => textsAt(match, 'values')),
    ),
  ),
];

const subjectOf = (storageClass: KubernetesObject, [first, ...others]: readonly VolumeHome[]): string =>
  `${objectName(storageClass)} for ${first?.homed.workload.id ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;

/** A volume is made where its pod goes, if the class lets it. */
function waiting(storageClass: KubernetesObject, users: readonly VolumeHome[]): Verdict {
  const groups = users[0]?.groups ?? [];
  const own = zonesOf(groups);
  const allowed = allowedZones(storageClass);
  const available = allowed.length === 0 ? own.length : own.filter((zone) => allowed.includes(zone)).length;
  const subject = subjectOf(storageClass, users);
  return compared({
    subject,
    evidence: [evidenceIn(storageClass, '/volumeBindingMode'), ...groups.slice(0, 3).map(ofGroup)],
    arithmetic: `volumes wait for their pods, whose nodes lie in ${own.join(', ')}; the class allows ${allowed.length === 0 ? 'every zone' : allowed.join(', ')}: ${available} zones will do`,
    margin: { of: `zones of ${subject}`, needed: 1, available, unit: 'zones' },
    remedy: () => `allow ${own.join(', ')} in allowedTopologies, or add nodes in ${allowed.join(', ')}`,
    severity: 'error',
  });
}

/** A volume is made before anybody knows where its pod goes: that is well only where there is one zone. */
function immediate(
  storageClass: KubernetesObject,
  users: readonly VolumeHome[],
  clusterZones: readonly string[],
): Verdict {
  const groups = users[0]?.groups ?? [];
  const own = zonesOf(groups);
  const allowed = allowedZones(storageClass);
  const mayLie = allowed.length > 0 ? allowed : clusterZones;
  const subject = subjectOf(storageClass, users);
  const available = mayLie.some((zone) => own.includes(zone)) ? 1 : 0;
  return compared({
    subject,
    evidence: [evidenceIn(storageClass, '/volumeBindingMode'), ...groups.slice(0, 3).map(ofGroup)],
    arithmetic: `volumes are made in any of ${mayLie.join(', ')} before their pods have a node, and nodes for them lie in ${own.join(', ')}`,
    margin: { of: `zones of ${subject}`, needed: mayLie.length, available, unit: 'zones' },
    remedy: () => 'make a class of another name with volumeBindingMode: WaitForFirstConsumer (it cannot be changed)',
  });
}
