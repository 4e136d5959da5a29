import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { isServerName } from '../../model/nginx/nginx-values';
import { Duration } from '../../units';
import { clusterScoped } from '../cluster-scoped';

const API_VERSION = 'cert-manager.io/v1';

/** A signing certificate outlives what it signs by far. */
const CA_LIFETIME = Duration.days(3650);

/** A certificate authority of one namespace. */
export interface PrivateCaProps {
  /** Name of the issuer and of the Secret with its certificate (DNS label). */
  readonly name: string;
  /**
   * Namespace of cert-manager's own Secrets (DNS label), for an authority that issues in every namespace that it is asked
   * in. @default - it issues in its own namespace alone
   */
  readonly clusterNamespace?: string;
}

/** A server certificate: its names, its life, and where it is written. */
export interface CertificateOptions {
  /** Secret that receives `tls.crt`, `tls.key` and `ca.crt` (DNS label), for example `cache-tls`. */
  readonly secretName: string;
  /** Names the server is reached by (at least one), each a DNS name, also with `*` as its first label. */
  readonly dnsNames: readonly string[];
  /** Namespace of the Secret (DNS label), where the authority serves all. @default - that of the chart */
  readonly namespace?: string;
  /** Validity; cert-manager renews after two thirds (at least 1 hour, shorter than the authority's 10 years). @default Duration.days(90) */
  readonly lifetime?: Duration;
}

/** A certificate with every default. */
type CertificatePlan = CertificateOptions & Required<Pick<CertificateOptions, 'lifetime'>>;

/** What is said about the authority. */
export const PRIVATE_CA_CHECKS: readonly Check<PrivateCaProps>[] = [
  {
    id: 'private-ca-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as acgs-ca',
  },
  {
    id: 'private-ca-namespace-is-dns-label',
    prop: 'clusterNamespace',
    holds: ({ clusterNamespace }) => clusterNamespace === undefined || isDnsLabel(clusterNamespace),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use cert-manager',
  },
];

/** What is said about one certificate, with its defaults. */
export const CERTIFICATE_CHECKS: readonly Check<CertificatePlan>[] = [
  {
    id: 'certificate-secret-is-dns-label',
    prop: 'secretName',
    holds: ({ secretName }) => isDnsLabel(secretName),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as cache-tls',
  },
  {
    id: 'certificate-namespace-is-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'leave it out for that of the chart',
  },
  {
    id: 'certificate-names-a-host',
    prop: 'dnsNames',
    holds: ({ dnsNames }) => dnsNames.length > 0,
    rule: 'must hold at least one name',
    remedy: 'add the DNS name that clients connect to',
  },
  {
    id: 'certificate-lasts-an-hour',
    prop: 'lifetime',
    holds: ({ lifetime }) => lifetime.inMillis >= Duration.hours(1).inMillis,
    rule: 'must be at least 1h, the shortest that cert-manager issues',
    remedy: 'use 90 days',
  },
  {
    id: 'certificate-ends-before-its-authority',
    prop: 'lifetime',
    holds: ({ lifetime }) => lifetime.inMillis < CA_LIFETIME.inMillis,
    rule: `must be shorter than that of the authority, ${CA_LIFETIME}`,
    remedy: 'use 90 days',
  },
  {
    id: 'certificate-names-are-dns-names',
    prop: 'dnsNames',
    holds: ({ dnsNames }) => dnsNames.every(isServerName),
    rule: "must be DNS names: labels of 1-63 of a-z, 0-9 and inner hyphens, at most a '*' as the first",
    received: ({ dnsNames }) => dnsNames.filter((name) => !isServerName(name)),
    remedy: 'leave out port and scheme',
  },
];

const planned = (options: CertificateOptions): CertificatePlan =>
  withDefaults({ lifetime: Duration.days(90) }, options);

/**
 * A certificate authority inside one namespace, or for all of a cluster, for traffic that never leaves it. Needs cert-manager.
 *
 * @example
 * const ca = new PrivateCa(chart, 'Ca', { name: 'shop-ca' });
 * ca.certificate('ApiTls', {
 *   secretName: 'api-tls',
 *   dnsNames: ['api.shop.svc.cluster.local'],
 * });
 */
export class PrivateCa extends Construct {
  /** Findings about the authority; certificates have `inspectCertificate`. */
  static inspect(path: string, props: PrivateCaProps): Finding[] {
    return inspect(path, props, PRIVATE_CA_CHECKS);
  }

  /** Findings about a certificate, with defaults applied; `path` is the one it would have. */
  static inspectCertificate(path: string, options: CertificateOptions): Finding[] {
    return inspect(path, planned(options), CERTIFICATE_CHECKS);
  }

  private readonly name: string;
  private readonly issuerKind: 'Issuer' | 'ClusterIssuer';

  constructor(scope: Construct, id: string, props: PrivateCaProps) {
    super(scope, id);
    enforce(this, PrivateCa.inspect(this.node.path, props));
    const { name, clusterNamespace } = props;
    this.name = name;
    this.issuerKind = clusterNamespace === undefined ? 'Issuer' : 'ClusterIssuer';

    const root = `${name}-root`;
    this.issuer('Root', root, { selfSigned: {} });
    this.object('Certificate', 'Certificate', name, clusterNamespace, {
      isCA: true,
      commonName: name,
      secretName: name,
      duration: `${CA_LIFETIME}`,
      // A new key would split trust: half of the servers and clients would know only the old one.
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
      issuerRef: { group: 'cert-manager.io', kind: this.issuerKind, name: root },
    });
    this.issuer('Resource', name, { ca: { secretName: name } });
  }

  /** Has a server certificate issued into a Secret, and renewed. */
  certificate(id: string, options: CertificateOptions): ApiObject {
    const plan = planned(options);
    enforce(this, PrivateCa.inspectCertificate(`${this.node.path}/${id}`, options));
    return this.object(id, 'Certificate', plan.secretName, plan.namespace, {
      secretName: plan.secretName,
      dnsNames: plan.dnsNames,
      duration: `${plan.lifetime}`,
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth', 'client auth'],
      issuerRef: { group: 'cert-manager.io', kind: this.issuerKind, name: this.name },
    });
  }

  private issuer(id: string, name: string, spec: object): void {
    const object = this.object(id, this.issuerKind, name, undefined, spec);
    if (this.issuerKind === 'ClusterIssuer') clusterScoped(object);
  }

  private object(id: string, kind: string, name: string, namespace: string | undefined, spec: object): ApiObject {
    const metadata = { name, ...(namespace !== undefined && { namespace }) };
    return new ApiObject(this, id, { apiVersion: API_VERSION, kind, metadata, spec });
  }
}
