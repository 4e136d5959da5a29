import fc from 'fast-check';
import { isError } from '../../../lib/check';
import { combinedNeeds, type QuotaInput, quotaNeeds } from '../../../lib/model/account/quota-needs';
import { type AccountQuotas, inspectQuotas, QUOTA_CHECKS } from '../../../lib/model/account/quotas';
import { QUOTA_NAMES, SERVICE_QUOTAS } from '../../../lib/model/account/service-quotas';
import { Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const GENERAL = { instanceTypes: ['m5.xlarge'], max: 10 };
const INPUT: QuotaInput = {
  zones: 3,
  nodeGroups: [GENERAL],
  nat: 'per-zone',
  loadBalancers: 2,
  databaseInstances: 3,
  cacheNodes: 6,
  associations: 12,
};

const needs = (overrides: Partial<QuotaInput> = {}) => quotaNeeds({ ...INPUT, ...overrides }).needs;

/** Enough of everything. */
const PLENTY: AccountQuotas = Object.fromEntries(QUOTA_NAMES.map((name) => [name, 100_000]));

const findings = (quotas: AccountQuotas, overrides: Partial<QuotaInput> = {}) =>
  inspectQuotas('account', quotaNeeds({ ...INPUT, ...overrides }), quotas);

describe('quotaNeeds', () => {
  test('counts everything at its maximum, in the middle of an update', () => {
    expect(needs()).toEqual({
      onDemandVcpus: 64,
      spotVcpus: 0,
      elasticIps: 3,
      natGateways: 1,
      vpcs: 1,
      applicationLoadBalancers: 2,
      databaseInstances: 3,
      cacheNodes: 6,
      gp3Tib: 1,
      clusters: 1,
      podIdentityAssociations: 12,
    });
  });

  test.each<[it: string, given: Partial<QuotaInput>, expected: object]>([
    [
      'the largest of several types counts',
      { nodeGroups: [{ ...GENERAL, instanceTypes: ['m5.large', 'm5.2xlarge'] }] },
      { onDemandVcpus: 128 },
    ],
    [
      'a group of each zone counts once for each',
      { nodeGroups: [{ ...GENERAL, zones: 'each' }] },
      { onDemandVcpus: 144 },
    ],
    ['spot counts for itself', { nodeGroups: [{ ...GENERAL, capacity: 'spot' }] }, { onDemandVcpus: 0, spotVcpus: 64 }],
    ['groups add up', { nodeGroups: [GENERAL, { ...GENERAL, max: 2 }] }, { onDemandVcpus: 96 }],
    ['other machines count beside', { otherVcpus: { onDemand: 2, spot: 100 } }, { onDemandVcpus: 66, spotVcpus: 100 }],
    ['one gateway for all zones has one address', { nat: 'single' }, { elasticIps: 1, natGateways: 1 }],
    ['root volumes count', { nodeGroups: [{ ...GENERAL, rootVolume: Memory.gib(1024) }] }, { gp3Tib: 16 }],
    ['volumes of pods count', { volumes: Memory.gib(1024) }, { gp3Tib: 2 }],
    ['an environment without nodes needs none', { nodeGroups: [] }, { onDemandVcpus: 0, gp3Tib: 0 }],
  ])('%s', (_, given, expected) => {
    expect(needs(given)).toMatchObject(expected);
  });

  test('names types that it cannot count: of other families, and of no catalog', () => {
    const plan = quotaNeeds({
      ...INPUT,
      nodeGroups: [{ ...GENERAL, instanceTypes: ['g5.xlarge', 'm99.large', 'm5.large'] }],
    });
    expect(plan.uncounted).toEqual(['g5.xlarge', 'm99.large']);
    expect(plan.needs.onDemandVcpus).toBe(32);
  });

  test('more nodes never need less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 50 }), (max, more) => {
        const few = needs({ nodeGroups: [{ ...GENERAL, max }] });
        const many = needs({ nodeGroups: [{ ...GENERAL, max: max + more }] });
        return QUOTA_NAMES.every((name) => many[name] >= few[name]);
      }),
    );
  });
});

describe('combinedNeeds', () => {
  test('environments of one account add up; what is about one cluster is that of the largest', () => {
    const { needs: both } = combinedNeeds([quotaNeeds(INPUT), quotaNeeds({ ...INPUT, associations: 40 })]);
    expect(both).toMatchObject({
      onDemandVcpus: 128,
      elasticIps: 6,
      natGateways: 2,
      clusters: 2,
      podIdentityAssociations: 40,
    });
  });

  test('keeps what could not be counted, and needs nothing for nothing', () => {
    const unknown = quotaNeeds({ ...INPUT, nodeGroups: [{ ...GENERAL, instanceTypes: ['m99.large'] }] });
    expect(combinedNeeds([unknown, unknown]).uncounted).toEqual(['m99.large']);
    expect(Object.values(combinedNeeds([]).needs)).toEqual(QUOTA_NAMES.map(() => 0));
  });
});

describe('inspectQuotas', () => {
  test('is silent where quotas suffice', () => {
    expect(findings(PLENTY)).toEqual([]);
  });

  test('warns where a quota is not declared and more is needed than AWS grants unasked', () => {
    const found = findings({});
    expect(ids(found)).toEqual(['quota-on-demand-vcpus-is-known']);
    expect(found[0]).toMatchObject({
      severity: 'warning',
      received: 'nothing',
      rule: expect.stringContaining('needs 64 vCPUs of on-demand instances'),
      remedy: expect.stringContaining('L-1216C47A'),
    });
  });

  test('an error names the number that is needed and how to ask for it', () => {
    const [found] = findings({ onDemandVcpus: 63 });
    expect(found).toMatchObject({
      check: 'quota-on-demand-vcpus-suffices',
      severity: 'error',
      received: '63',
      remedy: 'ask for at least 64 with QuotaRequests (L-1216C47A); it may take days',
    });
    expect(findings({ onDemandVcpus: 64 })).toEqual([]);
  });

  test('what cannot be raised is bounded whatever is declared', () => {
    expect(findings(PLENTY, { associations: 5000 })).toEqual([]);
    const [found] = findings(PLENTY, { associations: 5001 });
    expect(found).toMatchObject({ check: 'quota-pod-identity-associations-suffices', received: '5000' });
    expect(found && isError(found)).toBe(true);
  });

  const BIG: Partial<QuotaInput> = {
    nodeGroups: [
      { ...GENERAL, rootVolume: Memory.gib(16_384) },
      { ...GENERAL, capacity: 'spot', instanceTypes: ['m5.large'] },
    ],
    zones: 6,
    loadBalancers: 51,
    databaseInstances: 41,
    cacheNodes: 301,
    associations: 5001,
  };
  const many = combinedNeeds(Array.from({ length: 101 }, () => quotaNeeds({ ...INPUT, ...BIG })));
  const none = Object.fromEntries(QUOTA_NAMES.map((name) => [name, 0]));
  const shown = {
    short: ids(inspectQuotas('account', many, none)),
    unknown: ids(inspectQuotas('account', many, {})),
    wrong: ids(findings({ ...PLENTY, vpcs: Number.NaN })),
    negative: ids(findings({ ...PLENTY, cacheNodes: -1 })),
    uncounted: ids(findings(PLENTY, { nodeGroups: [{ ...GENERAL, instanceTypes: ['g5.xlarge'] }] })),
  };

  test('a quota of nothing falls short for whatever is needed', () => {
    expect(shown.short).toEqual([
      'quota-on-demand-vcpus-suffices',
      'quota-spot-vcpus-suffices',
      'quota-elastic-ips-suffices',
      'quota-nat-gateways-suffices',
      'quota-vpcs-suffices',
      'quota-application-load-balancers-suffices',
      'quota-database-instances-suffices',
      'quota-cache-nodes-suffices',
      'quota-gp3-tib-suffices',
      'quota-clusters-suffices',
      'quota-pod-identity-associations-suffices',
    ]);
    expect(shown.unknown).toEqual(
      expect.arrayContaining([
        'quota-on-demand-vcpus-is-known',
        'quota-spot-vcpus-is-known',
        'quota-elastic-ips-is-known',
        'quota-nat-gateways-is-known',
        'quota-vpcs-is-known',
        'quota-application-load-balancers-is-known',
        'quota-database-instances-is-known',
        'quota-cache-nodes-is-known',
        'quota-gp3-tib-is-known',
        'quota-clusters-is-known',
      ]),
    );
  });

  test('values that are no numbers are refused', () => {
    expect(shown.wrong).toEqual(['quota-values-are-numbers', 'quota-vpcs-suffices']);
    expect(shown.negative).toEqual(['quota-values-are-numbers', 'quota-cache-nodes-suffices']);
  });

  test('types that are not counted are a warning', () => {
    expect(shown.uncounted).toEqual(['quota-counts-every-instance-type']);
  });

  test('every check has been shown to fail', () => {
    expect([...new Set(Object.values(shown).flat())].sort()).toEqual(allIds(QUOTA_CHECKS));
  });
});

test('each quota that can be raised has a code of its own', () => {
  const codes = Object.values(SERVICE_QUOTAS).flatMap((quota) => ('code' in quota ? [quota.code] : []));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !/^L-[0-9A-F]{8}$/.test(code))).toEqual([]);
});
