import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import { Construct } from 'constructs';
import { AwsAccount } from '../aws-account';
import { policyDocument } from '../policy';

/** Where Route 53 looks for keys and log groups, whatever the stack's region. */
export const HOME_OF_ROUTE_53 = 'us-east-1';

/** A zone to be signed. */
export interface ZoneSigningProps {
  /** Its name, part of that of its keys. */
  readonly zoneName: string;
  /** Its id. */
  readonly zoneId: string;
}

/**
 * Signatures on the answers of a zone, and the key behind them. A zone whose key is lost is refused by every resolver that
 * checks, so that Terraform refuses to destroy the key.
 */
export class ZoneSigning extends Construct {
  /** What the parent zone publishes as DS record. */
  readonly dsRecord: string;

  /** Makes key, key-signing key and signatures; checks nothing. */
  constructor(scope: Construct, id: string, { zoneName, zoneId }: ZoneSigningProps) {
    super(scope, id);
    const label = zoneName.replaceAll('.', '-');
    const key = new KmsKey(this, 'Key', {
      region: HOME_OF_ROUTE_53,
      description: `Signatures of the zone ${zoneName}`,
      customerMasterKeySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      deletionWindowInDays: 30,
      policy: this.keyPolicy(),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, 'Alias', { region: HOME_OF_ROUTE_53, name: `alias/dnssec/${label}`, targetKeyId: key.keyId });
    const signer = new Route53KeySigningKey(this, 'Signer', {
      hostedZoneId: zoneId,
      keyManagementServiceArn: key.arn,
      name: label.replace(/[^A-Za-z0-9]/g, '_').slice(0, 128),
    });
    new Route53HostedZoneDnssec(this, 'Resource', { hostedZoneId: zoneId, dependsOn: [signer] });
    this.dsRecord = signer.dsRecord;
  }

  private keyPolicy(): string {
    const account = AwsAccount.of(this);
    const principals = { Service: ['dnssec-route53.amazonaws.com'] };
    const own = { StringEquals: { 'aws:SourceAccount': account.id } };
    return policyDocument([
      {
        sid: 'AccountDecidesThroughIam',
        principals: { AWS: [account.globalArn('iam', 'root')] },
        actions: ['kms:*'],
        resources: ['*'],
      },
      {
        sid: 'ForSignatures',
        principals,
        actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        resources: ['*'],
        conditions: own,
      },
      {
        sid: 'ForSignaturesLater',
        principals,
        actions: ['kms:CreateGrant'],
        resources: ['*'],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  }
}
