import { type Fact, SLOT_MARK, type WithoutFacts, withoutFacts } from './facts';
import { mayHoldKnobs } from './knobs';
import { type Mark, marked } from './marks';
import type { Place } from './place';
import { namesOf, pointer } from './readable';
import type { Form, Slot } from './slots';
import type { Each, Json } from './values';

/** What Kubernetes never changes on what exists. */
const FIXED_KEYS: ReadonlySet<string> = new Set(['volumeClaimTemplates', 'serviceName']);

const isFixed = ({ kind, path }: Place): boolean =>
  kind === 'Job'
    ? path.some((step) => 'key' in step && step.key === 'template')
    : path.some((step) => 'key' in step && FIXED_KEYS.has(step.key));

/** Collects the slots and marks of a chart while its objects are merged. Facts are the first slots. */
export class Sheet {
  readonly slots: Slot[];
  readonly marks: Mark[] = [];
  readonly plain: WithoutFacts;

  constructor(facts: readonly Fact[], environments: readonly string[]) {
    this.slots = facts.map(({ path, values }) => ({
      form: 'part',
      component: undefined,
      names: [path],
      values,
      use: 'texts of every component',
    }));
    this.plain = withoutFacts(facts, environments);
  }

  /** Adds a slot and returns its number. With `name`, a reader finds it there. */
  slot(form: Form, values: Each<Json>, place: Place, name?: readonly string[]): number {
    const names = namesOf(place.name, place.alias, place.kind, place.path);
    this.slots.push({
      form,
      component: place.component,
      names: name === undefined ? names : [name, ...names],
      values,
      use: pointer(place.kind, place.path),
      canBeCommon: name === undefined && form !== 'part',
      fixed: isFixed(place),
    });
    return this.slots.length - 1;
  }

  /** A slot that is all of a value. */
  value(form: Form, values: Each<Json>, place: Place, name: readonly string[]): string {
    return this.mark({ kind: 'value', slot: this.slot(form, values, place, name) });
  }

  mark(mark: Mark): string {
    this.marks.push(mark);
    return marked(this.marks.length - 1);
  }

  /** A slot within a text. */
  part(slot: number): string {
    return `${SLOT_MARK.open}${slot}${SLOT_MARK.close}`;
  }

  withoutMarks(text: string): string {
    return text.replace(new RegExp(`${SLOT_MARK.open}\\d+${SLOT_MARK.close}`, 'g'), '');
  }

  hasKnobs(place: Place, value: Json): boolean {
    return mayHoldKnobs(place, value);
  }
}
