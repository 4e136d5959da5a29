import { API_ACCESS_CHECKS, inspectApiAccess } from '../../../lib/model/cluster/api-access';
import type { ApiAccess } from '../../../lib/model/cluster/cluster';
import { allIds, ids } from '../../support/findings';

const office = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index}/32`);

describe('inspectApiAccess', () => {
  const rows: readonly (readonly [it: string, access: ApiAccess, expected: readonly string[]])[] = [
    ['takes Session Manager', { through: 'session-manager' }, []],
    ['takes a routed network', { through: 'private-network', cidrs: ['10.0.0.0/8'] }, []],
    ['takes a single public address', { through: 'public-allowlist', cidrs: ['203.0.113.7/32'] }, []],
    [
      'refuses the whole internet',
      { through: 'public-allowlist', cidrs: ['0.0.0.0/0'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    [
      'refuses the whole internet in IPv6',
      { through: 'public-allowlist', cidrs: ['::/0'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    [
      'refuses the internet in two halves',
      { through: 'public-allowlist', cidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    [
      'refuses a range wider than any own network',
      { through: 'private-network', cidrs: ['10.0.0.0/7'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    ['takes the widest own network', { through: 'public-allowlist', cidrs: ['12.0.0.0/8'] }, []],
    ...['10.0.0.0/8', '172.16.5.0/24', '192.168.1.7/32', '100.64.0.0/16'].map(
      (cidr) =>
        [
          `refuses ${cidr}, which the internet never sees`,
          { through: 'public-allowlist', cidrs: ['203.0.113.7/32', cidr] },
          ['cluster-api-access-public-ranges-are-public'],
        ] as const,
    ),
    ['takes the neighbours of private ranges', { through: 'public-allowlist', cidrs: ['172.32.0.0/16'] }, []],
    [
      'refuses an address inside a range',
      { through: 'private-network', cidrs: ['10.8.0.1/16'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    [
      'refuses what is no range',
      { through: 'private-network', cidrs: ['vpn'] },
      ['cluster-api-access-ranges-are-narrow'],
    ],
    ['refuses an empty list', { through: 'private-network', cidrs: [] }, ['cluster-api-access-names-ranges']],
    ['refuses an empty public list', { through: 'public-allowlist', cidrs: [] }, ['cluster-api-access-names-ranges']],
    [
      'refuses a range twice',
      { through: 'private-network', cidrs: ['10.8.0.0/16', '10.8.0.0/16'] },
      ['cluster-api-access-ranges-are-distinct'],
    ],
    ['takes 39 public ranges', { through: 'public-allowlist', cidrs: office(39) }, []],
    ['takes 40 public ranges', { through: 'public-allowlist', cidrs: office(40) }, []],
    [
      'refuses 41 public ranges',
      { through: 'public-allowlist', cidrs: office(41) },
      ['cluster-api-access-fits-the-quota'],
    ],
    ['takes 41 routed ranges, which EKS does not see', { through: 'private-network', cidrs: office(41) }, []],
  ];

  test.each(rows)('%s', (_, access, expected) => {
    expect(ids(inspectApiAccess('cluster', access))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(API_ACCESS_CHECKS));
  });

  test('a finding shows the range at fault and no other', () => {
    const [finding] = inspectApiAccess('cluster', { through: 'private-network', cidrs: ['10.8.0.0/16', '0.0.0.0/0'] });

    expect(finding).toMatchObject({ prop: 'apiAccess.cidrs', received: '0.0.0.0/0' });
  });
});
