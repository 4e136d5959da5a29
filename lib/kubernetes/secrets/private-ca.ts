import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { isServerName } from '../../model/nginx/nginx-values';
import { Duration } from '../../units';

const API_VERSION = 'cert-manager.io/v1';

/** A signing certificate outlives what it signs by far. */
const CA_LIFETIME = Duration.days(3650);

/** A certificate authority of one namespace. */
export interface PrivateCaProps {
  /** Name of the issuer and of the Secret with its certificate (DNS label). */
  readonly name: string;
}

/** A server certificate: its names, its life, and where it is written. */
export interface CertificateOptions {
  /** Secret that receives `tls.crt`, `tls.key` and `ca.crt` (DNS label), for example `cache-tls`. */
  readonly secretName: string;
  /** Names the server is reached by (at least one), each a DNS name, also with `*` as its first label. */
  readonly dnsNames: readonly string[];
  /** Validity; cert-manager renews after two thirds (at least 1 hour, shorter than the authority's 10 years). @default Duration.days(90) */
  readonly lifetime?: Duration;
}

/** What is said about the authority. */
export const PRIVATE_CA_CHECKS: readonly Check<PrivateCaProps>[] = [
  {
    id: 'private-ca-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as acgs-ca',
  },
];

/** What is said about one certificate, with its defaults. */
export const CERTIFICATE_CHECKS: readonly Check<Required<CertificateOptions>>[] = [
  {
    id: 'certificate-secret-is-dns-label',
    prop: 'secretName',
    holds: ({ secretName }) => isDnsLabel(secretName),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as cache-tls',
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

const planned = (options: CertificateOptions): Required<CertificateOptions> =>
  withDefaults({ lifetime: Duration.days(90) }, options);

/**
 * A certificate authority inside one namespace, for traffic that never leaves the cluster. Needs cert-manager.
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

  constructor(scope: Construct, id: string, props: PrivateCaProps) {
    super(scope, id);
    enforce(this, PrivateCa.inspect(this.node.path, props));
    this.name = props.name;

    const root = `${props.name}-root`;
    this.object('Root', 'Issuer', root, { selfSigned: {} });
    this.object('Certificate', 'Certificate', props.name, {
      isCA: true,
      commonName: props.name,
      secretName: props.name,
      duration: `${CA_LIFETIME}`,
      // A new key would split trust: half of the servers and clients would know only the old one.
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: root },
    });
    this.object('Resource', 'Issuer', props.name, { ca: { secretName: props.name } });
  }

  /** Has a server certificate issued into a Secret, and renewed. */
  certificate(id: string, options: CertificateOptions): ApiObject {
    const plan = planned(options);
    enforce(this, PrivateCa.inspectCertificate(`${this.node.path}/${id}`, options));
    return this.object(id, 'Certificate', plan.secretName, {
      secretName: plan.secretName,
      dnsNames: plan.dnsNames,
      duration: `${plan.lifetime}`,
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth', 'client auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: this.name },
    });
  }

  private object(id: string, kind: string, name: string, spec: object): ApiObject {
    return new ApiObject(this, id, { apiVersion: API_VERSION, kind, metadata: { name }, spec });
  }
}
