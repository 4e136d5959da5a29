import { spawnSync } from 'node:child_process';
import { REDIS_STEPS, REDIS_VIEW } from '../../../lib/config/redis/redis-steps';

const awk = (program: string, input: string, variables: Readonly<Record<string, string | number>>) =>
  spawnSync('awk', [...Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]), program], {
    input,
    encoding: 'utf8',
  });

const hasAwk = awk('{ print }', '', {}).status === 0;

/** A node as the others see it. Ids are names here: `a0` is the first member of shard a. */
interface Node {
  readonly id: string;
  readonly slots?: string;
  /** Id of the primary it follows. */
  readonly follows?: string;
  readonly flags?: string;
  readonly ip?: string;
  readonly host?: string;
  /** Address that it replicates. */
  readonly source?: string;
  readonly open?: string;
}

const SHARDS = 'abc';

/** The lines of a viewer: `node` as every member sees it. */
function line(viewer: Node, node: Node): string {
  const [letter = '', rank] = viewer.id;
  const role = node.follows === undefined ? 'master' : 'slave';
  const flags = [viewer.id === node.id ? 'myself' : '', role, node.flags ?? ''].filter((flag) => flag !== '');
  const address = node.ip ?? `ip-${node.id}`;
  const source = viewer.follows === undefined ? '-' : (viewer.source ?? `ip-${viewer.follows}`);
  const { slots = '-', follows = '-', open = '-', host = `host-${node.id}` } = node;
  const seen = [node.id, address, 6379, 16_379, host, flags.join(','), follows, 'connected', slots, open];
  return [SHARDS.indexOf(letter), rank, `at-${viewer.id}`, ...seen, source].join(' ');
}

interface Scene {
  readonly members: readonly Node[];
  /** Nodes that are seen, but do not answer. */
  readonly others?: readonly Node[];
  readonly silent?: boolean;
  readonly everyone?: boolean;
}

function steps({ members, others = [], silent = false, everyone = false }: Scene): string[] {
  const views = members.flatMap((viewer) => [...members, ...others].map((node) => line(viewer, node)));
  return decide(views, silent, everyone);
}

const decide = (views: readonly string[], silent = false, everyone = false): string[] => {
  const variables = { shards: 3, silent: silent ? 1 : '', everyone: everyone ? 1 : 0 };
  const { stdout, stderr } = awk(REDIS_STEPS, `${views.join('\n')}\n`, variables);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((step) => step !== '');
};

const RANGES = { a0: '0-5460', b0: '5461-10921', c0: '10922-16383' };

const healthy: readonly Node[] = [
  { id: 'a0', slots: RANGES.a0 },
  { id: 'a1', follows: 'a0' },
  { id: 'b0', slots: RANGES.b0 },
  { id: 'b1', follows: 'b0' },
  { id: 'c0', slots: RANGES.c0 },
  { id: 'c1', follows: 'c0' },
];

/** The healthy cluster, with some members replaced or, as `undefined`, away. */
const but = (changes: Readonly<Record<string, Omit<Node, 'id'> | undefined>>): readonly Node[] =>
  healthy.flatMap((node) => {
    if (!(node.id in changes)) return [node];
    const change = changes[node.id];
    return change === undefined ? [] : [{ id: node.id, ...change }];
  });

const dead = (id: string, rest: Omit<Node, 'id'> = {}): Node => ({ id, flags: 'fail', ...rest });

(hasAwk ? describe : describe.skip)('the steps towards the declared shape', () => {
  test('a cluster in shape needs none', () => {
    expect(steps({ members: healthy })).toEqual([]);
  });

  test('strangers are first introduced, all to the first and the first to all', () => {
    const alone = healthy.map(({ id }) => line({ id }, { id }));
    const met = decide(alone);
    expect(met).toHaveLength(10);
    expect(met).toContain('meet at-a0 ip-b1 6379 16379');
    expect(met).toContain('meet at-b1 ip-a0 6379 16379');
    expect(decide(alone, false, true)).toHaveLength(30);
  });

  test('who knows the others by an old address is introduced again', () => {
    const views = healthy.flatMap((viewer) =>
      healthy.map((node) => line(viewer, viewer.id === 'a0' && node.id === 'c1' ? { ...node, ip: 'ip-old' } : node)),
    );
    expect(decide(views)).toEqual(['meet at-a0 ip-c1 6379 16379']);
  });

  test('gossip gets time before everybody is introduced to everybody', () => {
    const views = healthy.flatMap((viewer) =>
      healthy.map((node) => line(viewer, viewer.id === 'b0' && node.id === 'c1' ? { ...node, ip: 'ip-old' } : node)),
    );
    expect(decide(views)).toEqual(['wait']);
    expect(decide(views, false, true)).toEqual(['meet at-b0 ip-c1 6379 16379']);
  });

  test('then the members of a shard follow the first of it', () => {
    const strangers = healthy.map(({ id }) => ({ id }));
    expect(steps({ members: strangers })).toEqual(['attach at-a1 a0', 'attach at-b1 b0', 'attach at-c1 c0']);
  });

  test('then each shard gets its third of the slots', () => {
    const members = healthy.map(({ slots, ...node }) => node);
    expect(steps({ members })).toEqual(['assign at-a0 0 5460', 'assign at-b0 5461 10921', 'assign at-c0 10922 16383']);
  });

  test('only free slots are given out, each gap to the shard it belongs to by declaration', () => {
    const members = but({ a0: { slots: '0-99,101-5000' }, b0: { slots: '5463-10921' } });
    expect(steps({ members })).toEqual(['assign at-a0 100 100', 'assign at-a0 5001 5460', 'assign at-b0 5461 5462']);
  });

  test('a shard that owns no slots since others own them all is left as it is', () => {
    const members = but({ a0: { slots: '0-8191' }, b0: {}, c0: { slots: '8192-16383' } });
    expect(steps({ members })).toEqual([]);
  });

  test('a promoted member stays the primary, and the former one follows it', () => {
    const members = but({ a0: {}, a1: { slots: RANGES.a0 } });
    expect(steps({ members })).toEqual(['attach at-a0 a1']);
  });

  test('a replica that strayed to another shard comes back', () => {
    expect(steps({ members: but({ a1: { follows: 'b0' } }) })).toEqual(['attach at-a1 a0']);
  });

  test('a replica of a primary that is gone and owns nothing joins its shard', () => {
    expect(steps({ members: but({ a1: { follows: 'gone' } }) })).toEqual(['attach at-a1 a0']);
  });

  test('a replica that replicates an old address of its primary is pointed to the new one', () => {
    expect(steps({ members: but({ a1: { follows: 'a0', source: 'ip-old' } }) })).toEqual(['attach at-a1 a0']);
  });

  describe('what could lose data', () => {
    const lost = dead('old', { slots: RANGES.a0, host: 'host-a0' });

    test('an empty member never becomes the primary of those that still have the data', () => {
      const members = but({ a0: {}, a1: { follows: 'old' } });
      expect(steps({ members, others: [lost] })).toEqual(['promote at-a1']);
    });

    test('not even while the primary only does not answer', () => {
      const members = but({ a0: undefined, a1: { follows: 'a0' } });
      const away = [dead('a0', { slots: RANGES.a0 })];
      expect(steps({ members, others: away, silent: true })).toEqual([]);
    });

    test('nobody is promoted while a declared member is away', () => {
      const members = but({ a0: undefined, a1: { follows: 'old' } });
      expect(steps({ members, others: [lost], silent: true })).toEqual([]);
    });

    test('a primary that was replaced under its name, without a replica left, is forgotten by all who know it', () => {
      const members = but({ a0: {}, a1: { follows: 'a0' } });
      expect(steps({ members, others: [lost] })).toEqual(healthy.map(({ id }) => `forget at-${id} old`));
    });

    test('a dead stranger that owns slots is not forgotten, and its slots are not given away', () => {
      const members = but({ a0: {}, a1: { follows: 'a0' } });
      const stranger = dead('old', { slots: RANGES.a0, host: 'host-of-another-shard' });
      expect(steps({ members, others: [stranger] })).toEqual([
        'conflict - slots 0-5460 belong to old, which is dead and not declared: bring it back, or forget it by hand',
      ]);
    });

    test('a dead replica that is no more is forgotten, one that is only suspected is not', () => {
      expect(steps({ members: healthy, others: [dead('old', { follows: 'a0' })] })).toHaveLength(6);
      expect(steps({ members: healthy, others: [dead('old', { follows: 'a0', flags: 'fail?' })] })).toEqual([]);
    });

    test('nothing is forgotten and no slot given out while a declared member is away', () => {
      const members = but({ a1: undefined, b0: {} });
      expect(steps({ members, others: [dead('old', { follows: 'a0' })], silent: true })).toEqual([]);
    });

    test('a living node that is not declared keeps what it has', () => {
      const members = but({ a0: { slots: '0-99' } });
      expect(steps({ members, others: [{ id: 'd0', slots: '100-5460' }] })).toEqual([]);
    });

    test('two owners in one shard are left to a person', () => {
      const members = but({ a0: { slots: '0-99' }, a1: { slots: '100-5460' } });
      expect(steps({ members })).toEqual(['conflict at-a1 owns slots beside at-a0 in one shard']);
    });
  });

  describe('slots on the move', () => {
    const moving = (from: string | undefined, to: string | undefined) =>
      but({
        a0: { slots: RANGES.a0, ...(from === undefined ? {} : { open: from }) },
        b0: { slots: RANGES.b0, ...(to === undefined ? {} : { open: to }) },
      });

    test.each([
      { it: 'a move that both sides know of is left alone', from: '7->-b0', to: '7-<-a0', expected: [] },
      {
        it: 'one that only the giver knows of is dropped',
        from: '7->-b0',
        to: undefined,
        expected: ['settle at-a0 7'],
      },
      {
        it: 'one that only the taker knows of is dropped',
        from: undefined,
        to: '7-<-a0',
        expected: ['settle at-b0 7'],
      },
      {
        it: 'one of several is told from the others',
        from: '7->-b0;8->-b0',
        to: '8-<-a0',
        expected: ['settle at-a0 7'],
      },
      { it: 'one to a node that is gone is dropped', from: '7->-gone', to: undefined, expected: ['settle at-a0 7'] },
    ])('$it', ({ from, to, expected }) => {
      expect(steps({ members: moving(from, to) })).toEqual(expected);
    });
  });
});

(hasAwk ? describe : describe.skip)('a view of CLUSTER NODES', () => {
  const view = (text: string) => {
    const variables = { shard: 2, rank: 1, address: 'h:6379', source: '10.0.0.9' };
    return awk(REDIS_VIEW, `${text}\n`, variables).stdout.trim();
  };

  test.each([
    [
      'Redis 7.0 with a name',
      'id1 10.0.0.1:6379@16379,host.svc myself,master - 0 0 3 connected 0-99 101 [5->-id2] [6-<-id3]',
      '2 1 h:6379 id1 10.0.0.1 6379 16379 host.svc myself,master - connected 0-99,101 5->-id2;6-<-id3 10.0.0.9',
    ],
    [
      'Redis 7.2 with its shard id',
      'id1 10.0.0.1:6379@16379,host.svc,tls-port=0,shard-id=abc slave id2 0 0 3 connected',
      '2 1 h:6379 id1 10.0.0.1 6379 16379 host.svc slave id2 connected - - 10.0.0.9',
    ],
    [
      'a node without a name',
      'id1 10.0.0.1:6379@16379 master,fail - 0 0 3 disconnected',
      '2 1 h:6379 id1 10.0.0.1 6379 16379 - master,fail - disconnected - - 10.0.0.9',
    ],
    [
      'an empty name before other fields',
      'id1 10.0.0.1:6379@16379,,shard-id=abc master - 0 0 3 connected',
      '2 1 h:6379 id1 10.0.0.1 6379 16379 - master - connected - - 10.0.0.9',
    ],
    [
      'IPv6',
      'id1 fd00::1:6379@16379,h master - 0 0 3 connected',
      '2 1 h:6379 id1 fd00::1 6379 16379 h master - connected - - 10.0.0.9',
    ],
    [
      'a lost address',
      'id1 :0@0,h slave,noaddr id2 0 0 3 disconnected',
      '2 1 h:6379 id1 - 0 0 h slave,noaddr id2 disconnected - - 10.0.0.9',
    ],
  ])('reads %s', (_, text, expected) => {
    expect(view(text)).toBe(expected);
  });
});
