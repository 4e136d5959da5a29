import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { at, blocksAt, isMembers, numberAt, textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { type Directive, nginxRate } from '../texts/nginx-conf';
import { compared, unknown } from './compared';
import { entrances } from './entrances';
import { type NginxServer, nginxServers } from './nginx-servers';

/** Keys of nginx that tell clients apart by address. */
const BY_ADDRESS = /\$(binary_)?remote_addr/;
/** Keys that tell clients apart by what they send. */
const BY_CLIENT = /\$(http_|arg_|cookie_|jwt_|realip_|proxy_protocol_addr|ssl_client)/;

const keyOf = ({ words }: Directive): string => words[0] ?? '';
const zoneOf = ({ words }: Directive): string =>
  /^zone=([^:]+)/.exec(words.find((word) => word.startsWith('zone=')) ?? '')?.[1] ?? '';
const rateOf = ({ words }: Directive): number | undefined =>
  nginxRate(words.find((word) => word.startsWith('rate='))?.slice(5));

const isUsed = ({ all }: NginxServer, zone: Directive): boolean =>
  all('limit_req').some((limit) => zoneOf(limit) === zoneOf(zone));

/** A limit by address tells users apart, not load balancers. */
export const rateLimitsSeeClients: Rule = {
  id: 'rate-limits-see-clients',
  severity: 'error',
  protects:
    'behind a load balancer every request comes from its few addresses: a limit meant for one client stops all of them',
  formula: 'nginx behind a load balancer limits by $binary_remote_addr only with real_ip_header and set_real_ip_from',
  source: 'nginx.org, ngx_http_realip_module and ngx_http_limit_req_module',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const behind = new Set(
      entrances(facts)
        .filter(({ idleSeconds }) => idleSeconds !== undefined)
        .map(({ workload }) => workload),
    );
    return nginxServers(facts)
      .filter(({ workload }) => behind.has(workload))
      .flatMap(clientsVerdicts);
  },
};

function clientsVerdicts(server: NginxServer): Verdict[] {
  const { workload, all, evidence } = server;
  const seesClients = all('real_ip_header').length > 0 && all('set_real_ip_from').length > 0;
  return all('limit_req_zone')
    .filter((zone) => BY_ADDRESS.test(keyOf(zone)) && isUsed(server, zone))
    .map((zone): Verdict => {
      const said = { subject: `${workload.id} zone ${zoneOf(zone)}`, evidence: [evidence] };
      return seesClients
        ? { outcome: 'holds', ...said, arithmetic: `limits by ${keyOf(zone)}, which real_ip_header sets to the client` }
        : {
            outcome: 'broken',
            ...said,
            arithmetic: `limits by ${keyOf(zone)}, which is the address of the load balancer for every client`,
            remedy: 'add real_ip_header X-Forwarded-For and set_real_ip_from for each subnet of the load balancer',
          };
    });
}

/** A limit that all clients share lets the declared load in. */
export const rateLimitsCoverDeclaredLoad: Rule = {
  id: 'rate-limits-cover-declared-load',
  severity: 'error',
  protects: 'a limit that all clients share answers 429 to users that the platform has promised to serve',
  formula:
    'declared load <= rate of a shared nginx zone x fewest pods, and <= limit / window of a WAF rule that counts everybody',
  source: 'nginx.org, ngx_http_limit_req_module; AWS WAF developer guide, rate-based rules',
  scenarios: ['ordinary'],
  judge: (facts) => [
    ...nginxServers(facts).flatMap((server) => sharedVerdicts(facts, server)),
    ...firewallVerdicts(facts),
  ],
};

const isShared = (zone: Directive): boolean => !BY_ADDRESS.test(keyOf(zone)) && !BY_CLIENT.test(keyOf(zone));

function sharedVerdicts({ assumptions: { declaredLoad } }: Facts, server: NginxServer): Verdict[] {
  const { workload, all, floor, evidence } = server;
  return all('limit_req_zone')
    .filter((zone) => isShared(zone) && isUsed(server, zone))
    .map((zone) => {
      const subject = `${workload.id} zone ${zoneOf(zone)}`;
      const rate = rateOf(zone);
      const load = declaredLoad.get(workload.id) ?? declaredLoad.get(workload.name);
      if (load === undefined)
        return unknown(subject, `the declared load of ${workload.id} (annotation headroom.dev/declared-load)`);
      if (rate === undefined) return unknown(subject, 'a rate in r/s or r/m');
      const available = rate * floor;
      return compared({
        subject,
        evidence: [evidence],
        arithmetic: `${load} requests/s of ${floor} pods x ${rate} = ${available} requests/s for all clients together`,
        margin: { of: `shared rate of ${subject}`, needed: load, available, unit: 'requests/s' },
        remedy: () =>
          `raise rate to ${Math.ceil(load / Math.max(1, floor))}r/s, or limit by a key that tells clients apart`,
      });
    });
}

/** Rules of a web ACL that count all requests together. The load is that of whatever stands at the entrance. */
function firewallVerdicts(facts: Facts): Verdict[] {
  const loads = [...new Set(entrances(facts).map(({ workload }) => workload))].map(
    ({ id, name }) => facts.assumptions.declaredLoad.get(id) ?? facts.assumptions.declaredLoad.get(name),
  );
  const known = loads.filter((load) => load !== undefined);
  return facts.blocks
    .filter(({ type, mode }) => type === 'aws_wafv2_web_acl' && mode === 'resource')
    .flatMap((block) => blocksAt(block.value, 'rule').flatMap((rule, index) => aclVerdict(block, rule, index, known)));
}

function aclVerdict(
  block: TerraformBlock,
  rule: ReturnType<typeof blocksAt>[number],
  index: number,
  loads: readonly number[],
): Verdict[] {
  const [statement] = blocksAt(rule, 'statement').flatMap((outer) => blocksAt(outer, 'rate_based_statement'));
  if (statement === undefined || textAt(statement, 'aggregate_key_type') !== 'CONSTANT') return [];
  const isScoped =
    isMembers(at(statement, 'scope_down_statement')) || blocksAt(statement, 'scope_down_statement').length > 0;
  const subject = `${blockName(block)} rule ${textAt(rule, 'name') ?? index}`;
  const limit = numberAt(statement, 'limit');
  const window = numberAt(statement, 'evaluation_window_sec') ?? 300;
  if (loads.length === 0) return [unknown(subject, 'the declared load of what stands behind it')];
  if (limit === undefined) return [unknown(subject, 'its limit')];
  const needed = Math.max(...loads);
  const available = limit / window;
  if (isScoped && needed > available) return [unknown(subject, 'the load of the part of requests that it counts')];
  return [
    compared({
      subject,
      evidence: [evidenceIn(block, `/rule/${index}/statement/rate_based_statement/limit`)],
      arithmetic: `${needed} requests/s of ${limit} / ${window} s = ${Math.floor(available)} requests/s for everybody`,
      margin: { of: `requests through ${subject}`, needed, available, unit: 'requests/s' },
      remedy: () => `raise limit from ${limit} to ${Math.ceil(needed * window)}, or count by client`,
    }),
  ];
}
