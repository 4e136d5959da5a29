import type { Report } from '../check-sources';
import type { LedgerFinding } from '../findings';
import { OWN_RULES, type RuleText } from '../own-rules';
import type { Evidence } from '../rule';
import type { Place } from '../source';
import type { SuppressedFinding } from '../suppressions';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** For code scanning: SARIF 2.1.0. Accepted findings are in it as suppressed results. */
export function sarifReport({ findings, suppressed }: Report, rules: readonly RuleText[]): string {
  const described = [...rules, ...Object.values(OWN_RULES)];
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const document = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'headroom', rules: described.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => resultOf(finding, index)),
          ...suppressed.map((finding) => ({ ...resultOf(finding, index), suppressions: [suppressionOf(finding)] })),
        ],
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const ruleOf = ({ id, severity, protects, formula, source }: RuleText) => ({
  id,
  shortDescription: { text: sentence(protects) },
  fullDescription: { text: `${sentence(protects)} It holds where: ${formula}.` },
  help: { text: `It holds where: ${formula}. Source: ${source}.` },
  defaultConfiguration: { level: severity },
});

function resultOf(finding: LedgerFinding, index: ReadonlyMap<string, number>) {
  const { rule, severity, subject, arithmetic, remedy, evidence, scenarios } = finding;
  const [first, ...others] = evidence;
  const at = index.get(rule);
  return {
    ruleId: rule,
    ...(at === undefined ? {} : { ruleIndex: at }),
    level: severity,
    message: { text: `${subject}: ${arithmetic}. ${sentence(remedy)}` },
    locations: first === undefined ? [] : [locationOf(first)],
    ...(others.length === 0 ? {} : { relatedLocations: others.map((one, id) => ({ id, ...locationOf(one) })) }),
    // lines move: what a finding is about does not
    partialFingerprints: { 'headroomSubject/v1': `${rule}|${subject}|${scenarios.join(',')}` },
    properties: { scenarios },
  };
}

const locationOf = ({ of, field, place }: Evidence) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(place) }, region: { startLine: place.line ?? 1 } },
  message: { text: `${of} ${field}` },
});

/** A relative path as a URI reference. */
const uriOf = ({ file }: Place): string =>
  file
    .replace(/[\ud800-\udfff]/gu, '?')
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

const suppressionOf = ({ suppression }: SuppressedFinding) => ({
  kind: suppression.field.startsWith('/metadata/') ? 'inSource' : 'external',
  status: 'accepted',
  justification: `${suppression.reason} (until ${suppression.until})`,
});

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
