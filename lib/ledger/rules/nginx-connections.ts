import type { Facts } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type NginxServer, nginxServers } from './nginx-servers';

/** Connections of a worker where nothing is written. Source: nginx.org, ngx_core_module. */
const DEFAULT_CONNECTIONS = 512;

/** A request that is passed on takes a connection on each side. */
const SIDES = 2;

/** How long upstreams may stand still before a probe or the mesh takes them out. */
const STALL_SECONDS = 10;

const whole = (word: string | undefined): number | undefined =>
  word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined;

const connectionsOf = ({ first }: NginxServer): number => whole(first('worker_connections')) ?? DEFAULT_CONNECTIONS;

/** Each worker may open as many files as it may have connections. */
export const nginxFilesCoverConnections: Rule = {
  id: 'nginx-files-cover-connections',
  severity: 'error',
  protects: 'a worker out of file descriptors refuses connections long before it has the number that it was given',
  formula: 'worker_connections <= worker_rlimit_nofile',
  source: 'nginx.org, ngx_core_module: worker_connections includes those to upstreams',
  scenarios: ['ordinary'],
  judge: (facts) => nginxServers(facts).map(filesVerdict),
};

function filesVerdict(server: NginxServer): Verdict {
  const { workload, first, evidence } = server;
  const files = whole(first('worker_rlimit_nofile'));
  const connections = connectionsOf(server);
  if (files === undefined)
    return unknown(workload.id, 'worker_rlimit_nofile: the limit of its container is not written anywhere');
  return compared({
    subject: workload.id,
    evidence: [evidence],
    arithmetic: `${connections} connections of a worker, ${files} files`,
    margin: { of: `files of a worker of ${workload.id}`, needed: connections, available: files, unit: 'files' },
    remedy: () => `raise worker_rlimit_nofile from ${files} to ${connections * SIDES}`,
  });
}

/** Connections last while upstreams stand still under the declared load. */
export const nginxConnectionsOutlastAStall: Rule = {
  id: 'nginx-connections-outlast-a-stall',
  severity: 'warning',
  protects: 'requests that wait hold connections: a short stall behind nginx becomes an outage of everything it serves',
  formula: `declared load x ${STALL_SECONDS} s x ${SIDES} <= fewest pods x worker_processes x worker_connections`,
  source: 'the arithmetic itself; nginx.org, ngx_core_module',
  scenarios: ['ordinary'],
  judge: (facts) => nginxServers(facts).map((server) => stallVerdict(facts, server)),
};

function stallVerdict({ assumptions: { declaredLoad } }: Facts, server: NginxServer): Verdict {
  const { workload, floor, first, evidence } = server;
  const load = declaredLoad.get(workload.id) ?? declaredLoad.get(workload.name);
  if (load === undefined) return unknown(workload.id, 'its declared load (annotation headroom.dev/declared-load)');
  const workers = first('worker_processes') === undefined ? 1 : whole(first('worker_processes'));
  if (workers === undefined)
    return unknown(workload.id, 'a number of worker_processes: auto is as many as the node has CPUs');
  const each = connectionsOf(server);
  const needed = Math.ceil(load * STALL_SECONDS * SIDES);
  const available = floor * workers * each;
  return compared({
    subject: workload.id,
    evidence: [evidence],
    arithmetic:
      `${load} requests/s x ${STALL_SECONDS} s x ${SIDES} = ${needed} of ` +
      `${floor} pods x ${workers} x ${each} = ${available} connections`,
    margin: { of: `connections of ${workload.id} in a stall`, needed, available, unit: 'connections' },
    remedy: () =>
      [
        `raise worker_connections from ${each} to ${Math.ceil(needed / Math.max(1, floor * workers))}`,
        `raise the fewest pods from ${floor} to ${Math.ceil(needed / Math.max(1, workers * each))}`,
      ].join(', or '),
  });
}
