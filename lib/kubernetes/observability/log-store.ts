import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import type { Cpu, Memory } from '../../units';
import { DNS, type OpenPeer } from '../cluster/network-peers';
import { NetworkPolicy } from '../cluster/network-policy';
import { KubeSecret } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { lintReasons } from '../lint-reasons';
import { type NodePlacement, placement } from '../workload/node-placement';
import { nodeSet } from './log-store-nodes';

/** An Elasticsearch of equal members. */
export interface LogStoreProps {
  /** Name of the object (DNS label of at most 36 characters), from which its operator derives all others. */
  readonly name: string;
  /** Namespace of the operator's charge (DNS label). */
  readonly namespace: string;
  /** Release of Elasticsearch, exact. */
  readonly version: string;
  /** 1, or 3 to 20. */
  readonly members: number;
  /** Volume of each. */
  readonly storage: Memory;
  readonly storageClass: string;
  /** What each asks for; its memory is also its limit, and half of it is heap. */
  readonly cpu: Cpu;
  readonly memory: Memory;
  /** Secrets of the namespace with `username`, `password` and `roles` of each user, all distinct. */
  readonly userSecrets: readonly string[];
  /** What each role may do, as Elasticsearch reads it. */
  readonly roles: string;
  /** Secret with its certificate, key and authority. */
  readonly tlsSecret: string;
  /** Who may ask it, beside its members and its operator. */
  readonly clients: readonly OpenPeer[];
  /** @default - any untainted node */
  readonly placement?: NodePlacement;
  /** PriorityClass of its pods. @default - the cluster's default */
  readonly priorityClass?: string;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What is said about the object; sizes are reckoned with where they are declared. */
export const LOG_STORE_OBJECT_CHECKS: readonly Check<LogStoreProps>[] = [
  {
    id: 'log-store-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name, namespace }) => isDnsLabel(name) && name.length <= 36 && isDnsLabel(namespace),
    rule: 'must be 1-36 of a-z, 0-9 and inner hyphens, and its namespace a DNS label',
    received: ({ name, namespace }) => [name, namespace],
    remedy: 'use a name such as logs',
  },
  {
    id: 'log-store-version-is-exact',
    prop: 'version',
    holds: ({ version }) => /^[89]\.\d+\.\d+$/.test(version),
    rule: 'must be an exact release of Elasticsearch 8 or 9',
    remedy: 'use one that its operator was tried with',
  },
  {
    id: 'log-store-members-agree',
    prop: 'members',
    holds: ({ members }) => members === 1 || isWholeWithin(members, 3, 20),
    rule: 'must be 1, or 3 to 20',
    remedy: 'use 3',
  },
];

/** Ports of HTTP and of talk between members. */
const PORTS = [9200, 9300] as const;

/** Labels that the operator gives to its pods. */
export const logStoreSelector = (name: string): Labels => ({ 'elasticsearch.k8s.elastic.co/cluster-name': name });

const OPERATOR: Labels = { 'app.kubernetes.io/name': 'elastic-operator' };

/**
 * Elasticsearch by its operator: members in as many zones as there are, each index with its copy in another one, TLS by a
 * certificate that clients can check, and users that each may do one thing. It memory-maps nothing, so that no node has to be
 * set up for it, and asks the Internet for nothing.
 *
 * Deleting the object leaves its volumes.
 *
 * @example
 * new LogStore(chart, 'Logs', {
 *   name: 'logs', namespace: 'logging', version: '9.4.3', members: 3,
 *   storage: Memory.gib(100), storageClass: 'gp3', cpu: Cpu.millis(250), memory: Memory.gib(4),
 *   userSecrets: ['user-log-agent'], roles: logStoreRoles({ stream: 'pod-logs', traces: 'jaeger-' }),
 *   tlsSecret: 'logs-tls', clients: [{ pods: { app: 'fluent-bit' }, namespace: 'log-agents', port: 9200 }],
 * });
 */
export class LogStore extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: LogStoreProps): Finding[] {
    return inspect(path, props, LOG_STORE_OBJECT_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LogStoreProps) {
    super(scope, id);
    enforce(this, LogStore.inspect(this.node.path, props));

    const { name, namespace, version, userSecrets, tlsSecret, partOf } = props;
    const labels = standardLabels(name, 'log-store', partOf);
    const rolesSecret = `${name}-roles`;
    // The operator reads roles from a Secret; nothing of them is secret.
    new KubeSecret(this, 'Roles', {
      metadata: { name: rolesSecret, namespace, labels },
      stringData: { 'roles.yml': props.roles },
    });
    new ApiObject(this, 'Resource', {
      apiVersion: 'elasticsearch.k8s.elastic.co/v1',
      kind: 'Elasticsearch',
      metadata: {
        name,
        namespace,
        labels,
        annotations: { 'eck.k8s.elastic.co/downward-node-labels': 'topology.kubernetes.io/zone' },
      },
      spec: {
        version,
        volumeClaimDeletePolicy: 'DeleteOnScaledownOnly',
        updateStrategy: { changeBudget: { maxUnavailable: 1, maxSurge: 0 } },
        auth: {
          fileRealm: userSecrets.map((secretName) => ({ secretName })),
          roles: [{ secretName: rolesSecret }],
        },
        http: { tls: { certificate: { secretName: tlsSecret } } },
        nodeSets: [nodeSet(props, placement(props.placement ?? {}))],
      },
    });
    this.network(props, labels);
  }

  private network({ name, namespace, clients }: LogStoreProps, labels: Labels): void {
    const pods = logStoreSelector(name);
    const members = PORTS.map((port) => ({ pods, port }));
    const network = new NetworkPolicy(this, 'Network', {
      name,
      namespace,
      labels,
      selector: pods,
      ingress: [...members, { pods: OPERATOR, port: PORTS[0] }, ...clients],
      egress: [...DNS, ...members],
    });
    lintReasons(network, 'of-an-operator');
  }
}
