import { REMOVED_APIS, type RemovedApi } from '../../catalog';
import { evidenceIn } from '../configured';
import { CLUSTER_VERSION, minorOf, theCluster, type VersionedCluster } from '../network/kubernetes-version';
import type { Rule, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import { unknown } from './compared';

/** API versions that an object is written in are there, also after the next upgrade. */
export const apisAreServed: Rule = {
  id: 'apis-are-served',
  severity: 'error',
  protects:
    'an upgrade of the cluster takes away the API that manifests are written in: no matches for kind, and nothing is applied',
  formula:
    "minor of the cluster < first minor without the object's API version (warning where only the next minor lacks it)",
  source: `${REMOVED_APIS.source}, read ${REMOVED_APIS.asOf}`,
  scenarios: ['ordinary'],
  judge: (facts) => {
    const removed = new Map(
      REMOVED_APIS.facts.flatMap((one) => one.kinds.map((kind) => [`${one.apiVersion} ${kind}`, one] as const)),
    );
    const cluster = theCluster(facts);
    const found = facts.objects.flatMap((object) => {
      const api = removed.get(`${object.apiVersion} ${object.kind}`);
      return api === undefined ? [] : [{ object, api }];
    });
    const broken = found.flatMap(({ object, api }) => verdictOn(object, api, cluster));
    if (broken.length > 0 || cluster === undefined || facts.objects.length === 0) return broken;
    const newest = REMOVED_APIS.facts.at(-1)?.since;
    return [
      {
        outcome: 'holds',
        subject: cluster.name,
        evidence: [evidenceIn(cluster.block, '/version')],
        arithmetic: `${facts.objects.length} objects, none in an API version that 1.${cluster.minor} or 1.${cluster.minor + 1} lacks (removals known up to ${newest})`,
      },
    ];
  },
};

function verdictOn(object: KubernetesObject, api: RemovedApi, cluster: ReturnType<typeof theCluster>): Verdict[] {
  const subject = objectName(object);
  if (cluster === undefined) return [unknown(subject, CLUSTER_VERSION)];
  const since = minorOf(api.since) ?? 0;
  const left = since - cluster.minor;
  if (left > 1) return [];
  return [
    {
      outcome: 'broken',
      subject,
      evidence: [evidenceIn(object, '/apiVersion'), evidenceIn(cluster.block, '/version')],
      arithmetic: `${api.apiVersion} of ${object.kind} is gone since ${api.since}; ${words(cluster, left)}`,
      remedy:
        api.instead === undefined
          ? `remove it: nothing took the place of ${object.kind}`
          : `write it in ${api.instead}`,
      ...(left === 1 && { severity: 'warning' as const }),
    },
  ];
}

const words = ({ name, minor }: VersionedCluster, left: number): string =>
  `${name} runs 1.${minor}${left === 1 ? ', one before that' : ''}`;
