import { unused, unwaived, type Waiver } from './waiver';

const found = [
  { check: 'host-network', on: 'shop/production DaemonSet/agent' },
  { check: 'host-network', on: 'shop/production DaemonSet/agent-2' },
];
const waiver = (check: string, on: RegExp): Waiver => ({ check, on, reason: 'it watches the host' });

describe('a waiver', () => {
  test('covers its rule on the objects that it names in full', () => {
    expect(unwaived(found, [waiver('host-network', /shop\/production DaemonSet\/agent/)])).toEqual([
      'shop/production DaemonSet/agent-2: host-network',
    ]);
    expect(unwaived(found, [waiver('host-network', /shop\/.+ DaemonSet\/agent.*/)])).toEqual([]);
    expect(unwaived(found, [waiver('host-pid', /.+/)])).toHaveLength(2);
  });

  test('that covers nothing is reported with its reason', () => {
    expect(unused(found, [waiver('host-network', /.+/), waiver('host-pid', /.+/)])).toEqual([
      'host-pid on .+: it watches the host',
    ]);
  });

  test('does not compile without a reason', () => {
    // @ts-expect-error a waiver says why
    const silent: Waiver = { check: 'host-pid', on: /.+/ };
    // @ts-expect-error one word is no reason
    const curt: Waiver = { check: 'host-pid', on: /.+/, reason: 'legacy' };
    expect([silent, curt]).toHaveLength(2);
  });
});
