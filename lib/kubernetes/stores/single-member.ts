import type { Construct } from 'constructs';
import { ASSUMPTION_NAMES } from '../../model';
import { membersName, type StorePlan } from '../../model/store/store';
import type { Duration, Memory } from '../../units';
import type { OpenPeer } from '../cluster/network-peers';
import { NetworkPolicy } from '../cluster/network-policy';
import { hardenedPod } from '../hardening';
import {
  KubeConfigMap,
  type KubePersistentVolumeClaimProps,
  KubeService,
  KubeServiceAccount,
  KubeStatefulSet,
  type PodSpec,
  type ServicePort,
} from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { intOrString, quantity } from '../quantities';
import { DisruptionBudget } from '../workload/disruption-budget';
import { OUTSIDE_THE_MESH } from '../workload/mesh-pod';
import { configChecksum } from '../workload/mounts';
import { placement } from '../workload/node-placement';
import type { StorePlace } from './store-props';

/** A port of the pod, by the name that its container gives it. */
export interface StorePort {
  /** At most 15 of a-z, 0-9 and hyphens. */
  readonly name: string;
  /** Port of container and Service. */
  readonly port: number;
  /** Who may connect: metrics are not for clients. */
  readonly for: 'clients' | 'scrapers';
}

/** What the kinds of store differ in. */
export interface SingleMember {
  /** Its name, its Services and how much it holds. */
  readonly plan: Pick<StorePlan, 'objectName' | 'aliases' | 'measuredRps'> & StorePlace;
  /** Kind of the store, as a label. */
  readonly component: string;
  /** Doors of the pod. */
  readonly ports: readonly StorePort[];
  /** Whom the pod itself connects to. */
  readonly egress: readonly OpenPeer[];
  /** Its containers and their volumes. */
  readonly pod: PodSpec;
  /** Volumes that outlive the pod, by their names in it. */
  readonly claims: Readonly<Record<string, Memory>>;
  /** Files of its two ConfigMaps, `<name>-config` and `<name>-scripts`; a change restarts the pod. */
  readonly files: Readonly<Record<'config' | 'scripts', Readonly<Record<string, string>>>>;
  /** Annotations of the pod. */
  readonly annotations: Labels;
  /** Longest time that the hooks take which stop it. @default - they say so themselves */
  readonly stopHook?: Duration;
}

/** Labels of the pod, and of nothing else. */
export const storeSelector = ({ objectName }: Pick<StorePlan, 'objectName'>): Labels => selectorLabels(objectName);

/** What the pod of any store is like beside its containers. */
export const storePod = ({ objectName, priorityClass, placement: nodes }: StorePlan & StorePlace) =>
  ({
    serviceAccountName: objectName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: hardenedPod(),
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
    ...placement(nodes),
  }) satisfies Partial<PodSpec>;

/**
 * A StatefulSet of one pod, closed to all but its clients. The pod moves to another node with its volume, never to another
 * zone; maintenance may take it at any time, because a budget that forbids that only keeps nodes from being drained.
 * Volumes do not follow a changed size: expand the claims, then recreate the set with `--cascade=orphan`.
 */
export function singleMember(scope: Construct, member: SingleMember): KubeStatefulSet {
  const { plan, component, pod, annotations, files } = member;
  const { objectName } = plan;
  const labels = standardLabels(objectName, component, plan.partOf);
  const selector = storeSelector(plan);

  new KubeServiceAccount(scope, 'ServiceAccount', {
    metadata: { name: objectName, labels },
    automountServiceAccountToken: false,
  });
  const config = `${objectName}-config`;
  const scripts = `${objectName}-scripts`;
  new KubeConfigMap(scope, 'Config', { metadata: { name: config, labels }, data: files.config });
  new KubeConfigMap(scope, 'Scripts', { metadata: { name: scripts, labels }, data: files.scripts });
  services(scope, member, labels);
  new NetworkPolicy(scope, 'Policy', {
    name: objectName,
    labels,
    selector,
    ingress: member.ports.flatMap(({ port, for: whom }) => plan[whom].map((peer) => ({ ...peer, port }))),
    egress: member.egress,
  });
  new DisruptionBudget(scope, 'Budget', { name: objectName, selector, labels });
  const checksum = configChecksum([
    { name: config, mountPath: '', content: files.config },
    { name: scripts, mountPath: '', content: files.scripts },
  ]);
  return new KubeStatefulSet(scope, 'Resource', {
    metadata: { name: objectName, labels, ...toldOf(member) },
    spec: {
      serviceName: membersName(objectName),
      replicas: 1,
      podManagementPolicy: 'Parallel',
      revisionHistoryLimit: 3,
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: plan.whenDeleted, whenScaled: 'Retain' },
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...labels, ...OUTSIDE_THE_MESH }, annotations: { ...annotations, ...checksum } },
        spec: pod,
      },
      volumeClaimTemplates: Object.entries(member.claims).map(([name, size]) => claim(name, size, member)),
    },
  });
}

/** What only we know of it, for whoever judges the manifest. Annotations of the set restart no pod. */
function toldOf({ plan: { measuredRps }, stopHook }: SingleMember): { annotations?: Labels } {
  const annotations = {
    ...(measuredRps !== undefined && { [ASSUMPTION_NAMES.ratePerPod]: `${measuredRps}` }),
    ...(stopHook !== undefined && { [ASSUMPTION_NAMES.stopHook]: `${stopHook.toSeconds()}s` }),
  };
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

/** The pod has a name before it is ready; clients are led to it only then. */
function services(scope: Construct, { plan, ports }: SingleMember, labels: Labels): void {
  const { objectName, aliases } = plan;
  const selector = storeSelector(plan);
  const served = (list: readonly StorePort[]): ServicePort[] =>
    list.map(({ name, port }) => ({ name, port, targetPort: intOrString(name), protocol: 'TCP' }));
  new KubeService(scope, 'Members', {
    metadata: { name: membersName(objectName), labels },
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: served(ports) },
  });
  const forClients = served(ports.filter(({ for: whom }) => whom === 'clients'));
  const service = (id: string, name: string) =>
    new KubeService(scope, id, {
      metadata: { name, labels },
      spec: { type: 'ClusterIP', selector, ports: forClients },
    });
  service('Service', objectName);
  for (const alias of aliases) service(`Alias-${alias}`, alias);
}

const claim = (name: string, size: Memory, { plan }: SingleMember): KubePersistentVolumeClaimProps => ({
  metadata: { name, labels: storeSelector(plan) },
  spec: {
    accessModes: ['ReadWriteOnce'],
    ...(plan.storageClass === undefined ? {} : { storageClassName: plan.storageClass }),
    resources: { requests: { storage: quantity(size) } },
  },
});
