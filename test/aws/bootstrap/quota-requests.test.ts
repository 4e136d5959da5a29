import {
  QUOTA_REQUEST_CHECKS,
  QuotaRequests,
  type QuotaRequestsProps,
} from '../../../lib/aws/bootstrap/quota-requests';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, resources, terraform } from '../../support/terraform';

const synth = (props: QuotaRequestsProps) =>
  resources(
    terraform((stack) => {
      new QuotaRequests(stack, 'Quotas', props);
    }),
    'aws_servicequotas_service_quota',
  );

describe('QuotaRequests', () => {
  test('asks for each quota by its code', () => {
    const asked = synth({ quotas: { onDemandVcpus: 256, elasticIps: 10 } });
    expect(Object.fromEntries(asked.map((one) => [one.quota_code, [one.service_code, one.value]]))).toEqual({
      'L-1216C47A': ['ec2', 256],
      'L-0263D0A3': ['ec2', 10],
    });
  });

  test('can ask for another region', () => {
    expect(synth({ quotas: { vpcs: 10 }, region: 'us-east-1' })).toMatchObject([
      { region: 'us-east-1', service_code: 'vpc', quota_code: 'L-F678F1CE' },
    ]);
    expect(synth({ quotas: { vpcs: 10 } })[0]).not.toHaveProperty('region');
  });

  test('another number is asked for, and what AWS made of the last one is left alone', () => {
    const json = (vpcs: number) =>
      terraform((stack) => {
        new QuotaRequests(stack, 'Quotas', { quotas: { vpcs } });
      });
    const [[id = '', asked] = []] = Object.entries<Block>(json(10).resource.terraform_data);
    expect(asked?.input).toEqual({ value: 10 });
    expect(json(12).resource.terraform_data[id].input).toEqual({ value: 12 });
    expect(resources(json(12), 'aws_servicequotas_service_quota')[0]?.lifecycle).toEqual({
      ignore_changes: ['value'],
      replace_triggered_by: [`terraform_data.${id}`],
    });
  });

  const rows: readonly (readonly [checks: readonly string[], it: string, props: QuotaRequestsProps])[] = [
    [['quota-request-asks-for-something'], 'nothing', { quotas: {} }],
    [['quota-request-asks-for-more'], 'what is granted unasked', { quotas: { elasticIps: 5 } }],
    [[], 'one more', { quotas: { elasticIps: 6 } }],
    [['quota-request-asks-for-more'], 'half a VPC', { quotas: { vpcs: 6.5 } }],
    [['quota-request-asks-for-more'], 'no number', { quotas: { vpcs: Number.NaN } }],
    [['quota-request-can-be-granted'], 'what cannot be raised', { quotas: { podIdentityAssociations: 6000 } }],
  ];

  test.each(rows)('%s: %s', (checks, _, props) => {
    expect(ids(QuotaRequests.inspect('Quotas', props))).toEqual(checks);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ quotas: {} }))).toEqual(['quota-request-asks-for-something']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([checks]) => checks))].sort()).toEqual(allIds(QUOTA_REQUEST_CHECKS));
  });
});
