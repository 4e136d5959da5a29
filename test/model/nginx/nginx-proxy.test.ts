import fc from 'fast-check';
import { planNginxProxy, shareOfLimit } from '../../../lib/model/nginx/nginx-proxy';
import { Rate } from '../../../lib/units';
import { gateway } from '../../support/nginx';

const limit = (perMinute: number, burst: number) => {
  const [plan] = planNginxProxy(
    gateway({ limits: [{ name: 'per_client', rate: Rate.perMinute(perMinute), burst }] }),
  ).limits;
  if (plan === undefined) throw new Error('no limit');
  return plan;
};

test.each([
  { it: 'one proxy enforces what is declared', replicas: 1, rate: 6000, burst: 1000 },
  { it: 'three proxies enforce a third each, fractions rounded up', replicas: 3, rate: 2000, burst: 334 },
  { it: 'seven proxies enforce a seventh each, fractions rounded up', replicas: 7, rate: 858, burst: 143 },
])('$it', ({ replicas, rate, burst }) => {
  expect(shareOfLimit(limit(6000, 1000), replicas)).toEqual({ rate: Rate.perMinute(rate), burst });
});

test('all proxies together admit the declared limit, and less than one request a minute each above it', () => {
  const within = (total: number, declared: number, replicas: number) =>
    total >= declared && total < declared + replicas;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 1, max: 1000 }),
      (perMinute, burst, replicas) => {
        const share = shareOfLimit(limit(perMinute, burst), replicas);
        return (
          within(share.rate.inPerMinute * replicas, perMinute, replicas) &&
          within(share.burst * replicas, burst, replicas)
        );
      },
    ),
  );
});
