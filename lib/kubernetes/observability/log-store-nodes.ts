import { TRACE_INDICES } from '../../model';
import { hardenedPod } from '../hardening';
import type { PodSpec } from '../k8s';
import { quantity } from '../quantities';
import type { LogStoreProps } from './log-store';

/** User of Elasticsearch in its image. */
const USER = 1000;

/** Where the operator writes the zone of a pod's node. */
const ZONE = 'topology.kubernetes.io/zone';

/** At most what a node has: of 250m, six times fit beside the DaemonSets of one with two CPUs. */
const CPU_BURST = 6;

/** Settings of each member. Copies of an index are put into different zones, as far as there are several. */
const config = {
  'node.store.allow_mmap': false,
  'node.attr.zone': '$' + '{ZONE}',
  'cluster.routing.allocation.awareness.attributes': 'k8s_node_name,zone',
  'ingest.geoip.downloader.enabled': false,
  // Streams and indices are made by whoever may, never by a line that arrives.
  'action.auto_create_index': `+.*,+${TRACE_INDICES}*,-*`,
};

/**
 * Equal members. Volumes keep pods in their zones, which the scheduler chooses so that no zone has two more than another.
 * Source: ECK user guide, "Advanced Elasticsearch node scheduling", "Virtual memory".
 */
export function nodeSet(props: LogStoreProps, place: Pick<PodSpec, 'nodeSelector' | 'tolerations'>) {
  const { name, members, storage, storageClass, cpu, memory, priorityClass } = props;
  const amount = (value: { toString(): string }): string => quantity(value).value as string;
  return {
    name: 'members',
    count: members,
    config,
    podTemplate: {
      spec: {
        ...place,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
        securityContext: hardenedPod(USER),
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: ZONE,
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { 'elasticsearch.k8s.elastic.co/cluster-name': name } },
          },
        ],
        containers: [
          {
            name: 'elasticsearch',
            env: [{ name: 'ZONE', valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${ZONE}']` } } }],
            resources: {
              requests: { cpu: amount(cpu), memory: amount(memory) },
              limits: { cpu: amount(cpu.times(CPU_BURST)), memory: amount(memory) },
            },
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'elasticsearch-data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: storageClass,
          resources: { requests: { storage: amount(storage) } },
        },
      },
    ],
  };
}
