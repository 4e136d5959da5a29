import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { standardLabels } from '../labels';
import {
  MESH_ACCESS_CHECKS,
  type MeshAccessPlan,
  type MeshAccessProps,
  type MeshServer,
  meshAccessPlan,
  NAMESPACE_OBJECTS,
} from './mesh-access-props';

/** What we write of a PeerAuthentication. Source: istio/api security/v1, peer_authentication.proto (2026-07). */
interface PeerAuthenticationSpec {
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly mtls: { readonly mode: 'STRICT' | 'PERMISSIVE' };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode: 'PERMISSIVE' }>>;
}

/** Callers by what their certificates say, or by their addresses. */
interface Source {
  readonly source: { readonly principals: readonly string[] } | { readonly ipBlocks: readonly string[] };
}

/** What we write of an AuthorizationPolicy. Source: istio/api security/v1, authorization_policy.proto (2026-07). */
interface AuthorizationPolicySpec {
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly action?: 'ALLOW';
  readonly rules?: readonly Rule[];
}

interface Operation {
  readonly ports: readonly string[];
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
}

/** Callers, what they ask for, and what else must be so. */
interface Rule {
  readonly from: readonly Source[];
  readonly to: readonly { readonly operation: Operation }[];
  readonly when?: readonly { readonly key: string; readonly values: readonly string[] }[];
}

const MODES = { strict: 'STRICT', permissive: 'PERMISSIVE' } as const;

const [SETTINGS, DENIAL] = NAMESPACE_OBJECTS;

const sources = ({ accounts, ranges = [] }: MeshServer, { namespace, trustDomain }: MeshAccessPlan): Source[] => [
  ...(accounts.length === 0
    ? []
    : [{ source: { principals: accounts.map((account) => `${trustDomain}/ns/${namespace}/sa/${account}`) } }]),
  ...(ranges.length === 0 ? [] : [{ source: { ipBlocks: [...ranges] } }]),
];

/** One rule without a header; with one, that of requests which carry it, and that of probes. */
function rules(server: MeshServer, from: readonly Source[]): Rule[] {
  const { port, requiredHeader } = server;
  const ports = [`${port}`];
  if (requiredHeader === undefined) return [{ from, to: [{ operation: { ports } }] }];
  const { name, value, exempt = [] } = requiredHeader;
  return [
    { from, to: [{ operation: { ports } }], when: [{ key: `request.headers[${name}]`, values: [value] }] },
    ...(exempt.length === 0
      ? []
      : [{ from, to: [{ operation: { ports, methods: ['GET', 'HEAD'], paths: [...exempt] } }] }]),
  ];
}

/**
 * What pods of a mesh insist on: mutual TLS between them, and callers that are known by the certificates of their service
 * accounts. A pod answers those that are named for it, on its port, and nobody else.
 *
 * What must go past that does, wherever the pods are made by this library: probes of the kubelet reach the agent of the
 * sidecar, which asks the program; Prometheus scrapes port 15020 and load balancers may ask 15021, neither of which Envoy is
 * in front of; ports that a pod names as `plainInbound` bypass the sidecar; and stores are outside the mesh, with
 * TLS of their own that clients reach past their sidecars.
 *
 * Rules name nothing of HTTP unless a header is required, so that they hold for any protocol, with sidecars and in an ambient
 * mesh; those that ask for a header need sidecars. Rules of servers stand before the one that refuses the rest: applied in
 * this order, no call is refused that was allowed before.
 *
 * @example
 * new MeshAccess(chart, 'Access', {
 *   namespace: 'shop',
 *   servers: [{ name: 'orders', selector: { app: 'orders' }, port: 8080, accounts: ['gateway'] }],
 * });
 */
export class MeshAccess extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: MeshAccessProps): Finding[] {
    return inspect(path, meshAccessPlan(props), MESH_ACCESS_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: MeshAccessProps) {
    super(scope, id);
    const plan = meshAccessPlan(props);
    enforce(this, MeshAccess.inspect(this.node.path, props));

    const { servers, mtls } = plan;
    if (mtls === 'strict') {
      for (const server of servers) this.plainPort(server, plan);
    }
    if (plan.callers === 'declared') {
      for (const server of servers) this.allow(server, plan);
      this.authorization('Denial', DENIAL, {}, plan);
    }
    this.authentication('Resource', SETTINGS, { mtls: { mode: MODES[mtls] } }, plan);
  }

  /** Whoever has no sidecar cannot offer a certificate. */
  private plainPort({ name, selector, port, ranges = [] }: MeshServer, plan: MeshAccessPlan): void {
    if (ranges.length === 0) return;
    const spec: PeerAuthenticationSpec = {
      selector: { matchLabels: selector },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { [port]: { mode: 'PERMISSIVE' } },
    };
    this.authentication(`Plain-${name}`, name, spec, plan);
  }

  /** A server without callers needs no rule: the denial holds for it. */
  private allow(server: MeshServer, plan: MeshAccessPlan): void {
    const from = sources(server, plan);
    if (from.length === 0) return;
    const spec: AuthorizationPolicySpec = {
      selector: { matchLabels: server.selector },
      action: 'ALLOW',
      rules: rules(server, from),
    };
    this.authorization(`Callers-${server.name}`, server.name, spec, plan);
  }

  private authentication(id: string, name: string, spec: PeerAuthenticationSpec, plan: MeshAccessPlan): void {
    this.object(id, 'PeerAuthentication', name, spec, plan);
  }

  private authorization(id: string, name: string, spec: AuthorizationPolicySpec, plan: MeshAccessPlan): void {
    this.object(id, 'AuthorizationPolicy', name, spec, plan);
  }

  private object(id: string, kind: string, name: string, spec: object, { labels, partOf }: MeshAccessPlan): void {
    new ApiObject(this, id, {
      apiVersion: 'security.istio.io/v1',
      kind,
      metadata: { name, labels: { ...labels, ...standardLabels(name, 'mesh-access', partOf) } },
      spec,
    });
  }
}
