import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import {
  type Facts,
  factsOf,
  type Rule,
  readAssumptions,
  readKubernetes,
  readTerraform,
  type Scenario,
  type Verdict,
} from '../../lib/ledger';

export const CORPUS = resolve(__dirname, '../ledger/corpus');

/** Values of the source documents that do not add up, by the id of their finding. */
export const DOCUMENTS = resolve(__dirname, '../ledger/documents');

/** A verdict as somebody worked it out by hand; members that are left out are not compared. */
export interface ExpectedVerdict {
  readonly outcome: Verdict['outcome'];
  readonly subject: string;
  readonly needed?: number;
  readonly available?: number;
  readonly severity?: string;
  readonly remedy?: string;
  readonly needs?: string;
  readonly arithmetic?: string;
  /** The only scenario in which it is so. */
  readonly scenario?: Scenario;
  /** All scenarios in which it is so. @default - `scenario`, else all that its rule judges */
  readonly scenarios?: readonly Scenario[];
}

/** One case: a rule, what it reads, and what it must say. */
export interface CorpusCase {
  readonly rule: string;
  readonly name: string;
  readonly expected: readonly ExpectedVerdict[];
  /** Outcome of every other subject. @default - there is no other */
  readonly others?: Verdict['outcome'];
  readonly asOf?: string;
  readonly facts: () => Facts;
}

const folders = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** Every case of the corpus. */
export const corpusCases = (): CorpusCase[] =>
  folders(CORPUS).flatMap((rule) =>
    folders(join(CORPUS, rule)).map((name) => {
      const { facts, said } = read(join(CORPUS, rule, name));
      return { rule, name, facts, ...said };
    }),
  );

/** Every case of the documents, once for each rule that it is about: `C-22/least-host`. */
export const documentCases = (): CorpusCase[] =>
  folders(DOCUMENTS).flatMap((id) =>
    folders(join(DOCUMENTS, id)).flatMap((name) => {
      const { facts, said } = read(join(DOCUMENTS, id, name));
      return Object.entries(said.rules ?? {}).map(([rule, ofRule]) => ({
        rule,
        name: `${id}/${name}`,
        facts,
        ...ofRule,
      }));
    }),
  );

/** What `expected.yaml` says: of one rule, or by rule. */
interface Said extends Pick<CorpusCase, 'expected' | 'others' | 'asOf'> {
  readonly rules?: Readonly<Record<string, Pick<CorpusCase, 'expected' | 'others'>>>;
}

function read(folder: string): { readonly said: Said; readonly facts: () => Facts } {
  const said: Said = parse(readFileSync(join(folder, 'expected.yaml'), 'utf8'));
  const reference = folders(folder).includes('reference') ? join(folder, 'reference') : undefined;
  return {
    said,
    facts: () => ({
      ...factsIn(folder, said.asOf),
      ...(reference !== undefined && { reference: factsIn(reference, said.asOf) }),
    }),
  };
}

/** What the files of a folder hold; a folder `reference` in it has the environment that it is rehearsed in. */
function factsIn(folder: string, asOf: string | undefined): Facts {
  const files = readdirSync(folder).sort();
  const given = (isWanted: (file: string) => boolean) =>
    files.filter(isWanted).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const isAside = (file: string) => file === 'expected.yaml' || file === 'assumptions.yaml';
  const manifests = given((file) => file.endsWith('.yaml') && !isAside(file)).map((one) =>
    readKubernetes(one.file, one.text),
  );
  // a stack is named after its file, which would be said in every subject
  const terraform = given((file) => file.endsWith('.json')).map((one) => readTerraform('', one.text));
  const { assumptions } = readAssumptions(
    given((file) => file === 'assumptions.yaml'),
    asOf,
  );
  return factsOf(
    {
      kubernetes: manifests.flatMap(({ objects }) => objects),
      terraform: terraform.flatMap(({ blocks }) => blocks),
      skipped: [],
    },
    assumptions,
  );
}

/** What a rule says of a case, as the members that were worked out by hand. */
export function spoken(rule: Rule, facts: Facts): (ExpectedVerdict & { readonly scenario: Scenario })[] {
  return rule.scenarios.flatMap((scenario) =>
    rule.judge(facts, scenario).map((verdict) => {
      const margin = verdict.outcome === 'not-evaluated' ? undefined : verdict.margin;
      const severity = verdict.outcome === 'broken' ? (verdict.severity ?? rule.severity) : undefined;
      const { outcome, subject, ...said } = verdict;
      return {
        outcome,
        subject,
        scenario,
        ...('remedy' in said && { remedy: said.remedy }),
        ...('needs' in said && { needs: said.needs }),
        ...('arithmetic' in said && { arithmetic: said.arithmetic }),
        ...(severity && { severity }),
        ...(margin && { needed: margin.needed, available: margin.available }),
      };
    }),
  );
}
