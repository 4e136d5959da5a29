import type { RuleText } from '../own-rules';
import type { Scenario } from '../rule';

/** A rule with scenarios and a case that breaks it. */
export interface DocumentedRule extends RuleText {
  readonly scenarios: readonly Scenario[];
  /** What is said of a case that breaks it. @default - none */
  readonly example?: { readonly subject: string; readonly arithmetic: string; readonly remedy: string };
}

/** A group of rules under one heading. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly DocumentedRule[];
}

const INTRODUCTION = `# Rules of the ledger

Every rule reads what is emitted, whoever wrote it. A rule that lacks an input says what it needs and is never taken for
one that holds. This page is generated from the rules: \`npm run rules\`.

A rule judges the ordinary day, everything at its maximum and the largest release under way, and what may happen to it:

`;

/** What happens in each scenario beside the ordinary one. */
const SCENARIOS: Readonly<Record<Exclude<Scenario, 'ordinary'>, string>> = {
  promotion: 'every service is released at once',
  'zone-lost': 'a zone is gone with its nodes, and nothing has replaced them yet',
  'zone-replaced': 'a zone is gone, and groups have made up for its nodes in the others',
  'spot-lost': 'all spot nodes are taken back',
  'node-update': 'a node group is updated',
  'region-lost': 'everything in the region is gone',
};

/** The page of all rules: what each protects from, its relation, where that comes from, and an example that breaks it. */
export const rulesPage = (groups: readonly RuleGroup[]): string =>
  [
    `${INTRODUCTION}${Object.entries(SCENARIOS)
      .map(([name, words]) => `- \`${name}\`: ${words}\n`)
      .join('')}`,
    ...groups.flatMap(({ title, rules }) => [
      `## ${title}\n`,
      '| rule | severity | scenarios |\n|---|---|---|',
      `${rules.map(({ id, severity, scenarios }) => `| [${id}](#${id}) | ${severity} | ${scenarios.join(', ')} |`).join('\n')}\n`,
      ...rules.map(section),
    ]),
  ].join('\n');

const section = ({ id, protects, formula, source, example }: DocumentedRule): string =>
  [
    `### ${id}`,
    '',
    `${sentence(protects)}`,
    '',
    `- Holds where: ${formula}`,
    `- Source: ${source}`,
    ...(example === undefined
      ? []
      : [`- Breaks: ${example.subject}: ${example.arithmetic}`, `- Way out: ${example.remedy}`]),
    '',
  ].join('\n');

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
