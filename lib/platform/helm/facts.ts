import type { EnvironmentSpec } from '../../model';
import { databaseRanges, privateRanges, publicRanges } from '../plan/plan-network';
import type { Each } from './values';

/** What an environment says once and many of its texts repeat. Each becomes one value of the chart. */
export interface Fact {
  readonly path: readonly string[];
  readonly values: Each<string>;
}

/** Around the number of a slot within a text: characters that no declaration has and that YAML needs not escape. */
export const SLOT_MARK = { open: '\ue002', close: '\ue003' } as const;

const ranges = (name: string, of: (environment: EnvironmentSpec) => readonly string[], zones: number) =>
  Array.from({ length: zones }, (_, zone) => ({
    path: ['network', `${name}Subnets`, `zone${zone + 1}`],
    of: (environment: EnvironmentSpec) => of(environment)[zone],
  }));

const MOST_ZONES = 3;

const FACTS: readonly {
  readonly path: readonly string[];
  readonly of: (environment: EnvironmentSpec) => string | undefined;
}[] = [
  { path: ['environment'], of: ({ name }) => name },
  { path: ['registry'], of: ({ registry }) => registry },
  { path: ['region'], of: ({ region }) => region },
  { path: ['domain'], of: ({ domain }) => domain },
  { path: ['network', 'cidr'], of: ({ network }) => network.cidr },
  ...ranges('private', privateRanges, MOST_ZONES),
  ...ranges('public', publicRanges, MOST_ZONES),
  ...ranges('database', databaseRanges, MOST_ZONES),
];

/** Those that differ between environments: the others are part of the templates. */
export function factsOf(environments: readonly EnvironmentSpec[]): Fact[] {
  return FACTS.map(({ path, of }) => ({
    path,
    values: new Map(
      environments.flatMap((environment) => {
        const value = of(environment);
        return value === undefined ? [] : [[environment.name, value] as const];
      }),
    ),
  })).filter(({ values }) => new Set(values.values()).size > 1);
}

/** Replaces the facts of an environment in a text by their numbers, so that texts of two environments can be compared. */
export type WithoutFacts = (environment: string, text: string) => string;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function withoutFacts(facts: readonly Fact[], environments: readonly string[]): WithoutFacts {
  const patterns = new Map(
    environments.map((name) => {
      // the first of two facts with one value stands for both
      const said = facts.flatMap(({ values }, at) => (values.has(name) ? [[values.get(name) ?? '', at] as const] : []));
      const numbers = new Map(said.reverse());
      const longest = [...numbers.keys()].toSorted((one, other) => other.length - one.length).map(escaped);
      // text within a word is another word
      return [name, { numbers, pattern: new RegExp(`(?<![A-Za-z0-9])(?:${longest.join('|')})(?![A-Za-z0-9])`, 'g') }];
    }),
  );
  return (environment, text) => {
    const known = patterns.get(environment);
    if (known === undefined || known.numbers.size === 0) return text;
    return text.replace(known.pattern, (found) => `${SLOT_MARK.open}${known.numbers.get(found)}${SLOT_MARK.close}`);
  };
}
