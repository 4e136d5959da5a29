import { memberHosts } from '../../../lib/kubernetes/redis/redis-plan';

const counts = (shards: number, replicasPerShard: number): number[] =>
  memberHosts({ name: 'cache', shards, replicasPerShard }).map((members) => members.length);

describe('names of members', () => {
  test.each([
    { it: 'of one shard without a replica', shards: 1, replicas: 0, expected: [1] },
    { it: 'of the most shards with the most replicas', shards: 20, replicas: 5, expected: Array(20).fill(6) },
    { it: 'of one shard less', shards: 19, replicas: 4, expected: Array(19).fill(5) },
  ])('are listed: $it', ({ shards, replicas, expected }) => expect(counts(shards, replicas)).toEqual(expected));

  test.each([21, 1e9, Number.MAX_SAFE_INTEGER, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'are none of %p shards, which is refused',
    (shards) => expect(counts(shards, 1)).toEqual([]),
  );

  test.each([6, 1e9, Number.MAX_SAFE_INTEGER, -2, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'are none of %p replicas, which is refused',
    (replicas) => expect(counts(3, replicas)).toEqual([0, 0, 0]),
  );
});
