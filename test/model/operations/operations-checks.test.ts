import type { EnvironmentSpec, PlatformSpec } from '../../../lib/model/environment';
import type { CostWatchSpec } from '../../../lib/model/operations/cost-watch';
import type { OperationsSpec } from '../../../lib/model/operations/operations';
import {
  inspectOperationsSpec,
  OPERATIONS_CHECKS,
  OPERATIONS_RELATION_CHECKS,
} from '../../../lib/model/operations/operations-checks';
import { Percent } from '../../../lib/units';
import { environment } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const MAIL = { protocol: 'email', name: 'on-call', address: 'on-call@example.com' } as const;

const operations = (overrides: Partial<OperationsSpec> = {}): OperationsSpec => ({
  subscriptions: [MAIL],
  ...overrides,
});

const costs = (overrides: Partial<CostWatchSpec> = {}): OperationsSpec =>
  operations({ costs: { subscriptions: [MAIL], ...overrides } });

/** Another environment of the account, in another region. */
const sibling = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ name: 'sibling', region: 'us-east-1', ...overrides });

interface Row {
  readonly it: string;
  readonly given?: Partial<EnvironmentSpec>;
  readonly others?: readonly EnvironmentSpec[];
  readonly accounts?: PlatformSpec['accounts'];
  readonly found: readonly string[];
}

const ACCOUNT = { name: 'own', id: '123456789012', region: 'eu-west-1', state: { kind: 'local' } } as const;
const QUOTAS = { onDemandVcpus: 100 };

const rows: readonly Row[] = [
  { it: 'no operations', found: [] },
  { it: 'operations alone', given: { operations: operations() }, found: [] },
  {
    it: 'runbooks at a URL',
    given: { operations: operations({ runbooks: 'https://runbooks.example.com' }) },
    found: [],
  },
  {
    it: 'runbooks with a slash at their end',
    given: { operations: operations({ runbooks: 'https://runbooks.example.com/' }) },
    found: ['operations-runbooks-are-in-a-folder'],
  },
  {
    it: 'runbooks nowhere',
    given: { operations: operations({ runbooks: '' }) },
    found: ['operations-runbooks-are-in-a-folder'],
  },
  {
    it: 'runbooks with a blank',
    given: { operations: operations({ runbooks: 'our runbooks' }) },
    found: ['operations-runbooks-are-in-a-folder'],
  },
  {
    it: 'headroom without end',
    given: { operations: costs({ headroom: Percent.of(5000) }) },
    found: ['cost-watch-headroom-is-possible'],
  },
  {
    it: 'two monitors in one account',
    given: { operations: costs({ counts: 'region', anomaliesFromUsd: 50 }) },
    others: [sibling({ operations: costs({ counts: 'region', anomaliesFromUsd: 50 }) })],
    found: ['operations-anomalies-are-watched-once'],
  },
  {
    it: 'two monitors in two accounts',
    given: { operations: costs({ anomaliesFromUsd: 50 }) },
    others: [sibling({ account: '210987654321', operations: costs({ anomaliesFromUsd: 50 }) })],
    found: [],
  },
  {
    it: 'a budget on an account with another environment',
    given: { operations: costs() },
    others: [sibling()],
    found: ['operations-budget-counts-its-own'],
  },
  {
    it: 'a budget on a region of its own',
    given: { operations: costs({ counts: 'region' }) },
    others: [sibling()],
    found: [],
  },
  {
    it: 'a budget on a region with another environment',
    given: { operations: costs({ counts: 'region' }) },
    others: [sibling({ region: 'eu-west-1' })],
    found: ['operations-budget-counts-its-own'],
  },
  {
    it: 'a budget on a tag',
    given: { operations: costs({ counts: 'tag' }) },
    others: [sibling({ region: 'eu-west-1' })],
    found: [],
  },
  { it: 'quotas of an account that nobody declares', given: { operations: operations({ quotas: QUOTAS }) }, found: [] },
  {
    it: 'quotas of an account that the platform declares',
    given: { operations: operations({ quotas: QUOTAS }) },
    accounts: [ACCOUNT],
    found: ['operations-quotas-are-the-accounts'],
  },
  {
    it: 'quotas of another account than the one declared',
    given: { operations: operations({ quotas: QUOTAS }) },
    accounts: [{ ...ACCOUNT, id: '210987654321' }],
    found: [],
  },
  {
    it: 'a standby that nobody watches, of an original that is watched',
    given: { standbyFor: 'sibling' },
    others: [sibling({ operations: operations() })],
    found: ['operations-standby-is-watched'],
  },
  {
    it: 'a standby of an original that nobody watches either',
    given: { standbyFor: 'sibling' },
    others: [sibling()],
    found: [],
  },
  {
    it: 'a standby that is watched',
    given: { standbyFor: 'sibling', operations: operations() },
    others: [sibling({ operations: operations() })],
    found: [],
  },
];

describe('inspectOperationsSpec', () => {
  test.each(rows)('$it', ({ given = {}, others = [], accounts, found }) => {
    const subject = environment(given);
    const platform: PlatformSpec = { name: 'shop', environments: [subject, ...others], ...(accounts && { accounts }) };
    expect(ids(inspectOperationsSpec('shop/production', platform, subject))).toEqual(found);
  });

  test('says which environments are in the way', () => {
    const subject = environment({ operations: costs({ anomaliesFromUsd: 50 }) });
    const other = sibling({ operations: costs({ anomaliesFromUsd: 50 }) });
    const findings = inspectOperationsSpec('shop', { name: 'shop', environments: [subject, other] }, subject);
    expect(findings.map(({ check, received, severity }) => [check, received, severity])).toEqual([
      ['operations-anomalies-are-watched-once', 'production, sibling', 'error'],
      ['operations-budget-counts-its-own', 'sibling', 'warning'],
    ]);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.flatMap((row) => row.found));
    expect(allIds(OPERATIONS_CHECKS, OPERATIONS_RELATION_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
