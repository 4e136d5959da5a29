import { at, listAt, textsAt } from '../members';
import type { Json } from '../source';
import { type Answer, all, answer, any, both, not } from './answers';

/** Who calls, as the mesh sees it. */
export interface Caller {
  readonly namespace: string | undefined;
  readonly account: string;
  /** Whether mutual TLS tells who it is. */
  readonly isKnown: boolean;
  readonly words: string;
}

/** What only a request can tell. */
const SOURCES = [
  'requestPrincipals',
  'notRequestPrincipals',
  'ipBlocks',
  'notIpBlocks',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
];
const OPERATIONS = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];

/**
 * Whether a rule of an AuthorizationPolicy takes calls of somebody on a port. `maybe` where it depends on the request.
 * Source: istio.io, reference of AuthorizationPolicy: parts are ANDed, items of a list ORed, an absent part takes all.
 */
export function ruleMatches(rule: Json, caller: Caller, port: number): Answer {
  const [from, to] = [listAt(rule, 'from'), listAt(rule, 'to')];
  const byCaller = from.length === 0 ? 'yes' : any(from, (one) => sourceMatches(at(one, 'source'), caller));
  const byPort = () => (to.length === 0 ? 'yes' : any(to, (one) => operationMatches(at(one, 'operation'), port)));
  const byRequest = () => (listAt(rule, 'when').length === 0 ? 'yes' : ('maybe' as const));
  return both(both(byCaller, byPort), byRequest);
}

function sourceMatches(source: Json | undefined, caller: Caller): Answer {
  const { namespace, account, isKnown } = caller;
  const has = (name: string, matches: (pattern: string) => Answer): Answer => {
    const patterns = textsAt(source, name);
    const negated = textsAt(source, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    const known = (list: readonly string[]): Answer => (isKnown ? any(list, matches) : 'no');
    return both(patterns.length === 0 ? 'yes' : known(patterns), () =>
      negated.length === 0 ? 'yes' : not(known(negated)),
    );
  };
  const principal = namespace === undefined ? undefined : `/ns/${namespace}/sa/${account}`;
  return all(
    [
      () =>
        has('principals', (pattern) =>
          pattern === '*'
            ? 'yes'
            : principal === undefined
              ? 'maybe'
              : answer(like(pattern.replace(/^[^/*]+(?=\/ns\/)/, ''), principal)),
        ),
      () => has('namespaces', (pattern) => (namespace === undefined ? 'maybe' : answer(like(pattern, namespace)))),
      () =>
        has('serviceAccounts', (pattern) =>
          namespace === undefined || !pattern.includes('/') ? 'maybe' : answer(pattern === `${namespace}/${account}`),
        ),
      () => (SOURCES.some((name) => textsAt(source, name).length > 0) ? ('maybe' as const) : 'yes'),
    ],
    (ask) => ask(),
  );
}

function operationMatches(operation: Json | undefined, port: number): Answer {
  const [ports, notPorts] = [textsAt(operation, 'ports'), textsAt(operation, 'notPorts')];
  if (ports.length > 0 && !ports.some((one) => like(one, String(port)))) return 'no';
  if (notPorts.some((one) => like(one, String(port)))) return 'no';
  return OPERATIONS.some((name) => textsAt(operation, name).length > 0) ? 'maybe' : 'yes';
}

/** Exact, by prefix or by suffix, with `*` for the rest. */
function like(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return pattern.startsWith('*') ? text.endsWith(pattern.slice(1)) : text === pattern;
}
