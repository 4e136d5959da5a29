import { parseArgs } from 'node:util';
import { isIsoDate } from '../check';
import type { RuleSeverity } from '../ledger';

export const FORMATS = ['text', 'json', 'sarif'] as const;
/** How a report is written. */
export type Format = (typeof FORMATS)[number];

const SEVERITIES: readonly RuleSeverity[] = ['error', 'warning'];

/** What a person asked for. */
export interface CheckArguments {
  /** Files and folders with manifests; `-` is what comes in. */
  readonly kubernetes: readonly string[];
  /** Files and folders with Terraform JSON. */
  readonly terraform: readonly string[];
  /** The same of the environment that this one is rehearsed in; nothing is compared without. */
  readonly likeKubernetes: readonly string[];
  readonly likeTerraform: readonly string[];
  readonly assumptions: readonly string[];
  readonly suppressions: readonly string[];
  readonly asOf: string | undefined;
  readonly format: Format;
  readonly failOn: RuleSeverity;
}

/** A command that was understood, or what is wrong with it. */
export type Command =
  | { readonly name: 'check' | 'fit'; readonly given: CheckArguments }
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'wrong'; readonly why: string };

export const USAGE = `Proves that an environment can do what it promises, from its manifests and its Terraform JSON.

  headroom check [--kubernetes PATH...] [--terraform PATH...] [--assumptions FILE] [--suppressions FILE]
                 [--like-kubernetes PATH...] [--like-terraform PATH...]
                 [--as-of DAY] [--format text|json|sarif] [--fail-on error|warning]
  headroom fit   the same; least maxima of node groups and classes of databases, largest maxima of autoscalers and
                 pools for which every rule holds (--fail-on warning: without warnings, too), as text or json

  --kubernetes    file or folder of manifests, rendered (repeat it; - reads what is piped in)
  --terraform     cdk.tf.json, or what terraform show -json prints, or a folder with *.tf.json (repeat it)
  --assumptions   YAML with what neither can say: loads, rates, pools, start-up times
  --like-kubernetes, --like-terraform
                  the environment that this one is rehearsed in: says where the two differ and should not
  --suppressions  YAML with findings that are accepted, each with a reason and a last day
  --as-of         day that calendars and suppressions are judged by, such as 2027-01-31
  --format        text (the default), json or sarif
  --fail-on       what ends with status 1: error (the default) or warning

Status: 0 nothing found, 1 findings, 2 not understood, 3 input that cannot be read.
`;

const OPTIONS = {
  kubernetes: { type: 'string', multiple: true },
  terraform: { type: 'string', multiple: true },
  'like-kubernetes': { type: 'string', multiple: true },
  'like-terraform': { type: 'string', multiple: true },
  assumptions: { type: 'string', multiple: true },
  suppressions: { type: 'string', multiple: true },
  'as-of': { type: 'string' },
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const MULTIPLE = ['--kubernetes', '--terraform', '--like-kubernetes', '--like-terraform'];

/** `--kubernetes a b` means both: what follows a path without a dash is one more. */
function spread(words: readonly string[]): string[] {
  let current: string | undefined;
  let taken = 0;
  return words.flatMap((word) => {
    if (word.startsWith('-') && word !== '-') {
      current = MULTIPLE.includes(word) ? word : undefined;
      taken = 0;
      return [word];
    }
    taken += 1;
    return current !== undefined && taken > 1 ? [current, word] : [word];
  });
}

/** Reads a command line. Never throws. */
export function commandOf(words: readonly string[]): Command {
  const wrong = (why: string): Command => ({ name: 'wrong', why });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(spread(words));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help || (words.length === 0 && positionals.length === 0)) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [name, ...others] = positionals;
  if (name !== 'check' && name !== 'fit')
    return wrong(name === undefined ? 'no command: say headroom check, or headroom fit' : `no command ${name}`);
  if (others.length > 0) return wrong(`${others[0]} belongs to no option: say --kubernetes or --terraform before it`);
  const { kubernetes = [], terraform = [], assumptions = [], suppressions = [], format = 'text' } = values;
  const { 'as-of': asOf, 'fail-on': failOn = 'error' } = values;
  const { 'like-kubernetes': likeKubernetes = [], 'like-terraform': likeTerraform = [] } = values;
  if (kubernetes.length + terraform.length === 0) return wrong('nothing to check: give --kubernetes or --terraform');
  if (!isOneOf(FORMATS, format)) return wrong(`--format must be ${FORMATS.join(', ')}, got ${format}`);
  if (!isOneOf(SEVERITIES, failOn)) return wrong(`--fail-on must be ${SEVERITIES.join(' or ')}, got ${failOn}`);
  if (asOf !== undefined && !isIsoDate(asOf)) return wrong(`--as-of must be a day such as 2027-01-31, got ${asOf}`);
  if (name === 'fit' && format === 'sarif') return wrong('headroom fit has no findings: say --format text or json');
  const read = { kubernetes, terraform, likeKubernetes, likeTerraform, assumptions, suppressions };
  return { name, given: { ...read, asOf, format, failOn } };
}

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });

const isOneOf = <T extends string>(known: readonly T[], word: string): word is T =>
  (known as readonly string[]).includes(word);
