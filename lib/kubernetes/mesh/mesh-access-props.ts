import { type Check, duplicates, invalidLabels, isDnsLabel, isDnsName, isWholeWithin, withDefaults } from '../../check';
import { MESH_CALLERS, type MeshPolicySpec, MUTUAL_TLS, type RequiredHeader } from '../../model';
import { isIpv4Range } from '../../model/network/ipv4-range';
import { isHeaderName, isLocationPath } from '../../model/nginx/nginx-values';
import type { Labels } from '../labels';

/** Pods of the mesh that answer on a port, and who may ask them. */
export interface MeshServer {
  /** Name of its objects (DNS label, each once). */
  readonly name: string;
  /** Labels of its pods, and of no others. */
  readonly selector: Labels;
  /** Port of the pods (1-65535). */
  readonly port: number;
  /** Service accounts of its callers, in the same namespace (DNS names). With none, and no ranges, nobody may. */
  readonly accounts: readonly string[];
  /**
   * IPv4 ranges of callers without a sidecar, such as load balancers that hold the pods themselves. They, and whoever else
   * the network policy lets in, may speak plain text on this port; the address is then all that is known. @default - none
   */
  readonly ranges?: readonly string[];
  /**
   * Header that its callers send; only its exempt paths are answered without. It is a rule of HTTP: what the mesh takes for
   * another protocol is refused. @default - callers need none
   */
  readonly requiredHeader?: RequiredHeader;
}

/** A namespace whose pods are in the mesh, and what it insists on. */
export interface MeshAccessProps extends Pick<MeshPolicySpec, 'mtls' | 'callers'> {
  /** Namespace of the pods, and of the service accounts of their callers (DNS label). */
  readonly namespace: string;
  /** Everything that answers in it; what is not named answers nobody, once callers are `declared`. */
  readonly servers: readonly MeshServer[];
  /** Domain that the mesh gives its certificates (DNS name). @default 'cluster.local' */
  readonly trustDomain?: string;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

const DEFAULTS = { mtls: 'strict', callers: 'declared', trustDomain: 'cluster.local', labels: {} } as const;

/** The props with every default in place. */
export type MeshAccessPlan = MeshAccessProps & Required<Pick<MeshAccessProps, keyof typeof DEFAULTS>>;

export const meshAccessPlan = (props: MeshAccessProps): MeshAccessPlan => withDefaults(DEFAULTS, props);

/** Names of the objects that hold for the whole namespace. */
export const NAMESPACE_OBJECTS = ['default', 'deny-by-default'] as const;

const badNames = ({ servers }: MeshAccessPlan): string[] => {
  const names = servers.map(({ name }) => name);
  const taken: readonly string[] = NAMESPACE_OBJECTS;
  return [...names.filter((name) => !isDnsLabel(name) || taken.includes(name)), ...duplicates(names)];
};

const badSelectors = ({ servers }: MeshAccessPlan): string[] =>
  servers.flatMap(({ name, selector }) =>
    Object.keys(selector).length > 0 && invalidLabels(selector).length === 0 ? [] : [name],
  );

const listed = ({ servers }: MeshAccessPlan, wrong: (server: MeshServer) => readonly unknown[]): string[] =>
  servers.flatMap((server) => wrong(server).map((one) => `${String(one)} of ${server.name}`));

const badPorts = (plan: MeshAccessPlan) => listed(plan, ({ port }) => (isWholeWithin(port, 1, 65_535) ? [] : [port]));

const badAccounts = (plan: MeshAccessPlan) =>
  listed(plan, ({ accounts }) => accounts.filter((account) => !isDnsName(account)));

const badRanges = (plan: MeshAccessPlan) =>
  listed(plan, ({ ranges = [] }) => ranges.filter((range) => !isIpv4Range(range)));

const badHeaders = (plan: MeshAccessPlan) =>
  listed(plan, ({ requiredHeader }) =>
    requiredHeader === undefined
      ? []
      : [
          ...(isHeaderName(requiredHeader.name) ? [] : [requiredHeader.name]),
          ...(/^[\w-]{1,128}$/.test(requiredHeader.value) ? [] : [requiredHeader.value]),
          ...(requiredHeader.exempt ?? []).filter((path) => !isLocationPath(path)),
        ],
  );

/** What is said about who may call whom. */
export const MESH_ACCESS_CHECKS: readonly Check<MeshAccessPlan>[] = [
  {
    id: 'mesh-access-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace) && namespace !== 'istio-system',
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, and not that of the mesh itself, whose objects hold for every namespace',
    remedy: 'use the namespace of the workloads',
  },
  {
    id: 'mesh-access-trust-domain-is-a-name',
    prop: 'trustDomain',
    holds: ({ trustDomain }) => isDnsName(trustDomain),
    rule: 'must be a DNS name',
    remedy: 'leave it out for cluster.local',
  },
  {
    id: 'mesh-access-encryption-is-known',
    prop: 'mtls',
    holds: ({ mtls }) => MUTUAL_TLS.includes(mtls),
    rule: `must be one of ${MUTUAL_TLS.join(', ')}`,
    remedy: 'leave it out for strict',
  },
  {
    id: 'mesh-access-callers-are-known',
    prop: 'callers',
    holds: ({ callers }) => MESH_CALLERS.includes(callers),
    rule: `must be one of ${MESH_CALLERS.join(', ')}`,
    remedy: 'leave it out for declared',
  },
  {
    id: 'mesh-access-servers-have-distinct-names',
    prop: 'servers',
    holds: (plan) => badNames(plan).length === 0,
    rule: `must have names of 1-63 of a-z, 0-9 and inner hyphens, each once, none of them ${NAMESPACE_OBJECTS.join(' or ')}`,
    received: badNames,
    remedy: 'use the name of the workload',
  },
  {
    id: 'mesh-access-servers-are-selected',
    prop: 'servers',
    holds: (plan) => badSelectors(plan).length === 0,
    rule: 'must have selectors of one or more labels: an empty one is every pod of the namespace',
    received: badSelectors,
    remedy: 'use the selector of the workload',
  },
  {
    id: 'mesh-access-ports-are-real',
    prop: 'servers',
    holds: (plan) => badPorts(plan).length === 0,
    rule: 'must have ports that are whole numbers from 1 to 65535',
    received: badPorts,
    remedy: 'use the port of the container',
  },
  {
    id: 'mesh-access-accounts-are-names',
    prop: 'servers',
    holds: (plan) => badAccounts(plan).length === 0,
    rule: 'must name service accounts, without namespace and without *',
    received: badAccounts,
    remedy: 'use the service account of each caller',
  },
  {
    id: 'mesh-access-ranges-are-ranges',
    prop: 'servers',
    holds: (plan) => badRanges(plan).length === 0,
    rule: 'must have IPv4 ranges such as 10.0.0.0/20',
    received: badRanges,
    remedy: "use the ranges of the load balancer's subnets",
  },
  {
    id: 'mesh-access-headers-are-literal',
    prop: 'servers',
    holds: (plan) => badHeaders(plan).length === 0,
    rule: 'must require headers of letters, digits and -, with values of 1-128 letters, digits, _ and -, but for plain paths: a * would be a pattern',
    received: badHeaders,
    remedy: 'write name, value and paths as they are sent',
  },
];
