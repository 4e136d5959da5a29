import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { TerraformIterator, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  type Check,
  duplicates,
  enforce,
  type Finding,
  inspect,
  isRegion,
  type WithDefaults,
  withDefaults,
} from '../../check';
import { isServerName } from '../../model/nginx/nginx-values';

/** Kinds of keys that load balancers and CloudFront both serve. */
export type CertificateKey = 'EC_prime256v1' | 'RSA_2048';

/** A public certificate as declared. */
export interface CertificateProps {
  /** Names it is good for, the first one also its subject (1-100, distinct); `*.` stands for one label. */
  readonly names: readonly string[];
  /** Public zone that all names lie in: `example.com`. */
  readonly zoneName: string;
  /** Id of that zone, which the parent zone must already lead to: else validation waits in vain. */
  readonly zoneId: string;
  /** Region of what serves it; `us-east-1` for CloudFront. @default - the stack's */
  readonly region?: string;
  /** Another one makes another certificate, before the old one goes. @default 'EC_prime256v1' */
  readonly keyAlgorithm?: CertificateKey;
  /**
   * Whether it makes the records that prove who owns the names. All certificates of an account for the same names share
   * them, so that one certificate makes them and those of other regions find them. @default 'own'
   */
  readonly records?: 'own' | 'existing';
}

const DEFAULTS = { keyAlgorithm: 'EC_prime256v1', records: 'own' } as const satisfies Partial<CertificateProps>;

type Plan = WithDefaults<CertificateProps, typeof DEFAULTS>;

const isInside = (name: string, zone: string): boolean => {
  const base = name.replace(/^\*\./, '');
  return base === zone || base.endsWith(`.${zone}`);
};

/** Names beyond those that an account gets without asking. */
const ASKED_FOR = 10;

/** What ACM asks of names, and the zone of its proof. */
export const ACM_CERTIFICATE_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'certificate-names-are-names',
    prop: 'names',
    holds: ({ names }) =>
      names.length >= 1 && names.length <= 100 && names.every((name) => isServerName(name) && name.includes('.')),
    rule: 'must be 1 to 100 full DNS names in small letters',
    remedy: 'use names such as acgs.example.com or *.acgs.example.com',
  },
  {
    id: 'certificate-names-fit-the-quota',
    prop: 'names',
    severity: 'warning',
    holds: ({ names }) => names.length <= ASKED_FOR,
    rule: `should be at most ${ASKED_FOR}, the quota of a new account`,
    received: ({ names }) => names.length,
    remedy: 'use a wildcard, or ask for a higher quota first',
  },
  {
    id: 'certificate-names-differ',
    prop: 'names',
    holds: ({ names }) => duplicates(names).length === 0,
    rule: 'must be distinct',
    remedy: 'remove the second one',
  },
  {
    id: 'certificate-names-lie-in-its-zone',
    prop: 'names',
    holds: ({ names, zoneName }) => names.every((name) => isInside(name, zoneName)),
    rule: ({ zoneName }) => `must lie in ${zoneName}, where the proof is published`,
    remedy: 'make a certificate for each zone',
  },
  {
    id: 'certificate-key-is-known',
    prop: 'keyAlgorithm',
    holds: ({ keyAlgorithm }) => ['EC_prime256v1', 'RSA_2048'].includes(keyAlgorithm),
    rule: 'must be EC_prime256v1 or RSA_2048, which CloudFront serves too',
    remedy: 'use RSA_2048 for clients older than 2015',
  },
  {
    id: 'certificate-region-is-a-region',
    prop: 'region',
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
];

/**
 * A public TLS certificate that renews itself for as long as its records stand. It is listed in public logs, as browsers ask.
 * Applying waits until it is issued; if that takes longer than some minutes, the parent zone does not lead to this one yet.
 *
 * **Upgrade.** Other names or another key make a new certificate first, and load balancers turn to it without a gap.
 *
 * **Destroy.** Records of `records: 'own'` go with it, and other certificates for the same names can then renew no more until
 * the stack of one that makes them is applied again: several may make the same record, and each puts it back.
 *
 * @example
 * new Certificate(stack, 'Certificate', {
 *   names: ['acgs.example.com', '*.acgs.example.com'],
 *   zoneName: 'acgs.example.com',
 *   zoneId: 'Z0123456789ABCDEFGHIJ',
 * });
 */
export class Certificate extends Construct {
  /** What is wrong with names, zone and key; makes nothing. */
  static inspect(path: string, props: CertificateProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), ACM_CERTIFICATE_CHECKS);
  }

  /** Of the certificate once it is issued: what uses it waits for that. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, Certificate.inspect(this.node.path, props));

    const [domainName = '', ...others] = plan.names;
    const elsewhere = plan.region === undefined ? {} : { region: plan.region };
    const certificate = new AcmCertificate(this, 'Resource', {
      ...elsewhere,
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      keyAlgorithm: plan.keyAlgorithm,
      options: { certificateTransparencyLoggingPreference: 'ENABLED' },
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = plan.records === 'own' ? { validationRecordFqdns: this.prove(certificate, plan.zoneId) } : {};
    this.arn = new AcmCertificateValidation(this, 'Issued', {
      ...elsewhere,
      ...proof,
      certificateArn: certificate.arn,
    }).certificateArn;
  }

  /** One record for each name; a wildcard and its parent have the same one, hence the overwriting. */
  private prove(certificate: AcmCertificate, zoneId: string): string[] {
    const names = TerraformIterator.fromComplexList(certificate.domainValidationOptions, 'domain_name');
    const records = new Route53Record(this, 'Proof', {
      forEach: names,
      zoneId,
      name: names.getString('resource_record_name'),
      type: names.getString('resource_record_type'),
      records: [names.getString('resource_record_value')],
      ttl: 300,
      allowOverwrite: true,
    });
    // a list made of the set is unknown as a whole before the certificate is there, and its keys with it
    const proofs = `\${{ for one in ${certificate.fqn}.domain_validation_options : one.domain_name => one }}`;
    records.addOverride('for_each', proofs);
    return Token.asList(TerraformIterator.fromResources(records).pluckProperty('fqdn'));
  }
}
