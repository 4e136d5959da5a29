import { awsQuota } from '../../catalog';
import { quotaContext } from '../cloud/quota-context';
import { type QuotaGrant, quotaGrants } from '../cloud/quota-grants';
import type { QuotaUse } from '../cloud/quota-use';
import { usesOfNetworks } from '../cloud/uses-of-networks';
import { usesOfNodes } from '../cloud/uses-of-nodes';
import { usesOfServices } from '../cloud/uses-of-services';
import type { Facts } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';

/** An account is granted what the stacks can grow to. */
export const serviceQuotasCoverThePeak: Rule = {
  id: 'service-quotas-cover-the-peak',
  severity: 'error',
  protects: 'nodes, addresses or databases are refused at the peak, or in the middle of an update, with LimitExceeded',
  formula:
    'by account and region: what all groups, stores and networks grow to, with the nodes that an update of all managed groups ' +
    'starts first, <= quota assumed, else asked for (aws_servicequotas_service_quota), else of every account',
  source:
    'AWS general reference, quotas of each service (read 2026-11-21); EKS user guide, "Understand each phase of node updates"',
  scenarios: ['ordinary', 'node-update'],
  judge: (facts, scenario) => {
    const context = quotaContext(facts);
    const grantOf = quotaGrants(facts, context.places);
    const limitOf = ({ quota, place }: QuotaUse): number => grantOf(quota, place).limit;
    const ordinary = usesOfNodes(context, false);
    const updating = new Map(usesOfNodes(context, true).map((use) => [keyOf(use), use]));
    const most = (use: QuotaUse): number => updating.get(keyOf(use))?.needed ?? use.needed;
    // what is too little on an ordinary day is said once, with what an update takes as the number to ask for
    const uses =
      scenario === 'node-update'
        ? ordinary
            .filter((use) => use.isOfNodes && !(use.needed > limitOf(use)))
            .flatMap((use) => updating.get(keyOf(use)) ?? [])
        : [...ordinary, ...usesOfNetworks(context), ...usesOfServices(context)];
    return telling(uses, limitOf).map((use) => verdictOf(facts, use, grantOf(use.quota, use.place), most(use)));
  },
};

const keyOf = ({ quota, place, subject }: QuotaUse): string => `${quota} ${place} ${subject}`;

const SHARED: readonly string[] = ['account', 'region', 'zone', 'cluster'];

/** Of what has a quota to itself, as security groups have: those above it, else the one that comes nearest. */
function telling(uses: readonly QuotaUse[], limitOf: (use: QuotaUse) => number): readonly QuotaUse[] {
  const most = new Map<string, QuotaUse>();
  const kindOf = ({ quota, place }: QuotaUse): string => `${quota} ${place}`;
  for (const use of uses) if ((most.get(kindOf(use))?.needed ?? -1) < use.needed) most.set(kindOf(use), use);
  return uses.filter(
    (use) => SHARED.includes(awsQuota(use.quota).per) || use.needed > limitOf(use) || most.get(kindOf(use)) === use,
  );
}

function verdictOf(facts: Facts, use: QuotaUse, grant: QuotaGrant, most: number): Verdict {
  const { limit, known, evidence } = grant;
  const { code, counts, name: short = counts, isFixed } = awsQuota(use.quota);
  const name = code === undefined ? short : `${short} (${code})`;
  const subject = use.subject === '' ? name : `${name}: ${use.subject}`;
  if (use.needs !== undefined) return unknown(subject, use.needs);
  const lost = use.isOfNodes ? facts.skipped.find(({ view }) => view === 'nodeGroups') : undefined;
  if (lost !== undefined && use.needed <= limit)
    return unknown(subject, `nodes that can be counted: ${lost.what} ${lost.why}`);
  return compared({
    subject,
    evidence: [...use.evidence, ...(evidence === undefined ? [] : [evidence])],
    arithmetic: `${use.words} = ${use.needed} of ${limit} granted ${known}`,
    margin: { of: subject, needed: use.needed, available: limit, unit: unitOf(use) },
    remedy: () => remedyFor(use, most, code, known),
    ...(known === 'from every account' && isFixed !== true && { severity: 'warning' as const }),
  });
}

/** What the margin is counted in: the last word of vCPUs, TiB of disks, or simply pieces. */
const unitOf = ({ quota }: QuotaUse): string => /\b(vCPUs|TiB|GiB)\b/.exec(awsQuota(quota).counts)?.[1] ?? 'pieces';

/** What to ask for: as much as an update takes as well. */
function remedyFor({ quota, isOfNodes }: QuotaUse, most: number, code: string | undefined, known: string): string {
  const { counts, isFixed } = awsQuota(quota);
  const fewer = isOfNodes ? 'lower max_size of node groups' : 'make fewer';
  if (isFixed === true) return `this quota cannot be raised: split what it counts, or ${fewer}`;
  const ask = `ask for ${most} (${code ?? `${counts}, in Service Quotas`})`;
  const assume =
    code === undefined || known === 'from the stacks'
      ? ''
      : `, or tell what is granted in --assumptions (quotas: { ${code}: ${most} })`;
  return `${ask}${assume}, or ${fewer}`;
}
