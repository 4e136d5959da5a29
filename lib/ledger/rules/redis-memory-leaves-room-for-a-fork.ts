import { evidenceIn } from '../configured';
import { bytes, MIB } from '../facts/amounts';
import { at } from '../members';
import type { Rule, Verdict } from '../rule';
import { redisBytes } from '../texts/redis-conf';
import { compared, unknown } from './compared';
import { forks, type RedisServer, redisServers } from './redis-servers';

/** Pages that are written while a fork lasts are there twice: half of the data is planned for. Without forks, a tenth for buffers. */
const WITH_FORK = { numerator: 3, denominator: 2 };
const WITHOUT = { numerator: 11, denominator: 10 };

/** Whole MiB that fit into bytes, and that bytes need. */
const mib = (bytes: number): number => Math.floor(bytes / MIB);
const mibUp = (bytes: number): number => Math.ceil(bytes / MIB);

const times = (bytes: number, { numerator, denominator }: typeof WITH_FORK): number =>
  Math.ceil((bytes * numerator) / denominator);

/** Memory limits of Redis hold its data and what a fork copies of it. */
export const redisMemoryLeavesRoomForAFork: Rule = {
  id: 'redis-memory-leaves-room-for-a-fork',
  severity: 'error',
  protects:
    'the kernel kills a Redis that writes its file or feeds a new replica while data changes, and the data is gone from memory',
  formula:
    'maxmemory x 3/2 <= memory limit where it forks (append-only file, snapshots, replicas), else maxmemory x 11/10',
  source:
    'redis.io, administration (memory during BGSAVE and AOF rewrite) and redis.conf 7.2 (maxmemory leaves out buffers)',
  scenarios: ['ordinary'],
  judge: (facts) => redisServers(facts).map(verdictOf),
};

function verdictOf(server: RedisServer): Verdict {
  const { workload, container, setting, settings } = server;
  const subject = workload.id;
  const limit = bytes(at(container.value, 'resources', 'limits', 'memory'));
  const written = redisBytes(setting('maxmemory')?.[0]);
  if (limit === undefined) return unlimited(server, written);
  const evidence = [settings, evidenceIn(workload.object, `${container.pointer}/resources/limits/memory`)];
  const isForking = forks(server);
  const factor = isForking ? WITH_FORK : WITHOUT;
  const largest = Math.floor((limit * factor.denominator) / factor.numerator);
  if (written === undefined || written === 0) {
    return {
      outcome: 'broken',
      // whether data ever grows that far, nobody has said
      severity: 'warning',
      subject,
      evidence,
      arithmetic: `no maxmemory: data grows until the kernel ends it at ${mib(limit)} Mi`,
      remedy: `set maxmemory to ${mib(largest)}mb`,
    };
  }
  const needed = times(written, factor);
  return compared({
    subject,
    evidence,
    arithmetic: `maxmemory ${mib(written)} Mi x ${factor.numerator}/${factor.denominator} (${isForking ? 'it forks' : 'it never forks'}) = ${mibUp(needed)} of ${mib(limit)} Mi`,
    margin: { of: `memory of ${subject}`, needed: mibUp(needed), available: mib(limit), unit: 'Mi' },
    remedy: () => `lower maxmemory to ${mib(largest)}mb, or raise the limit to ${mibUp(needed)}Mi`,
    ...(times(written, WITHOUT) <= limit && { severity: 'warning' as const }),
  });
}

/** Without a limit, what it takes comes from the other pods of its node. */
function unlimited(server: RedisServer, written: number | undefined): Verdict {
  const { workload, container, settings } = server;
  const subject = workload.id;
  // every container of the pod has a limit, so this one has that of its namespace
  if (workload.shape.limits.memoryBytes !== undefined)
    return unknown(subject, `a memory limit of container ${container.name}`);
  const isForking = forks(server);
  const needed = times(written ?? 0, isForking ? WITH_FORK : WITHOUT);
  const grows = `no maxmemory and no memory limit: data grows until the node has no memory left`;
  const copied = `maxmemory ${mib(written ?? 0)} Mi ${isForking ? 'and what a fork copies of it' : 'and buffers'} come to ${mibUp(needed)} Mi, and no limit keeps them from taking the memory of other pods of the node`;
  return {
    outcome: 'broken',
    severity: 'warning',
    subject,
    evidence: [settings, evidenceIn(workload.object, container.pointer)],
    arithmetic: needed === 0 ? grows : copied,
    remedy:
      needed === 0 ? 'set maxmemory, and a memory limit of 3/2 of it' : `write a memory limit of ${mibUp(needed)}Mi`,
  };
}
