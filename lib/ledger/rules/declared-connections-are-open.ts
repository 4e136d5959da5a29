import { groundOf } from '../network/addresses';
import { type Connection, connectionsOf, isStore } from '../network/connections';
import { judgesOf, type Refusal } from '../network/judges';
import { storesOf } from '../network/stores';
import type { Rule, Verdict } from '../rule';
import { unknown } from './compared';

/** What was declared on one side is let through on all others. */
export const declaredConnectionsAreOpen: Rule = {
  id: 'declared-connections-are-open',
  severity: 'error',
  protects: 'a service that is deployed and healthy waits for a connection that a policy drops without a word',
  formula:
    'each connection that a variable, ConfigMap, pool, monitor or target group names is open in the egress of its caller, ' +
    'the ingress of what it calls, the mesh (mutual TLS, authorization), and the security groups of databases and caches',
  source:
    'Kubernetes, "Network Policies"; istio.io, references of AuthorizationPolicy and PeerAuthentication; VPC user guide, "Security groups"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const ground = groundOf(facts);
    const stores = storesOf(facts, ground.refer);
    const connections = connectionsOf(facts, stores, ground);
    if (connections.length === 0) return [];
    const judge = judgesOf(facts, ground);
    const bySource = new Map<string, Connection[]>();
    for (const connection of connections) {
      const same = bySource.get(connection.from.id);
      if (same === undefined) bySource.set(connection.from.id, [connection]);
      else same.push(connection);
    }
    return [...bySource].flatMap(([id, own]) => verdictsOn(id, own, judge));
  },
};

function verdictsOn(id: string, connections: readonly Connection[], judge: ReturnType<typeof judgesOf>): Verdict[] {
  const judged = [...connections.map((one) => ({ one, refusals: judge.connection(one) })), ...dns(connections, judge)];
  const closed = judged.flatMap(({ one, refusals }) => {
    const [first] = refusals.filter(({ answer }) => answer === 'no');
    return first === undefined ? [] : [broken(one, first)];
  });
  const unsure = judged.flatMap(({ refusals }) => refusals.filter(({ answer }) => answer === 'maybe'));
  if (closed.length > 0) return closed;
  const [first] = unsure;
  if (first !== undefined) return [unknown(id, first.needs)];
  const [one] = connections;
  const count = connections.length;
  return [
    {
      outcome: 'holds',
      subject: id,
      evidence: one === undefined ? [] : [one.evidence],
      arithmetic: `${count === 1 ? '1 connection, which is open' : `${count} connections, all open`}: ${namesOf(connections)}`,
    },
  ];
}

/** Names are looked up before anything else. */
function dns(connections: readonly Connection[], judge: ReturnType<typeof judgesOf>) {
  const [one] = connections.filter(({ byName, from }) => byName && from.workload !== undefined);
  return one === undefined ? [] : [{ one, refusals: judge.lookup(one) }];
}

const targetOf = ({ to }: Connection): string => (isStore(to) ? `${to.id}:${to.port}` : `${to.workload.id}:${to.port}`);

const MOST = 4;

const namesOf = (connections: readonly Connection[]): string =>
  connections.slice(0, MOST).map(targetOf).join(', ') +
  (connections.length > MOST ? ` and ${connections.length - MOST} more` : '');

const broken = (connection: Connection, { why, remedy, evidence, instead }: Refusal): Verdict => ({
  outcome: 'broken',
  subject: `${connection.from.id} -> ${instead ?? targetOf(connection)}`,
  evidence: [connection.evidence, ...evidence],
  arithmetic: `${connection.words} is declared, and ${why}`,
  remedy,
});
