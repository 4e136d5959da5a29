import type { Block } from '../support/terraform';
import type { Reported } from './waiver';

/** A resource of a stack. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly body: Block;
}

/** A rule by the id that checkov gives it, what it asks, and of which types of resources. */
export interface AwsRule {
  readonly id: string;
  readonly asks: string;
  readonly on: readonly string[];
  readonly holds: (body: Block, resource: Resource, stack: StackView) => boolean;
}

export const rule = (id: string, on: string, asks: string, holds: AwsRule['holds']): AwsRule => ({
  id,
  asks,
  on: on.split(' '),
  holds,
});

/** Terraform takes flags as text, too. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

export const isOff = (value: unknown): boolean => value === false || value === 'false';

/** Blocks of which there may be several: one alone is often written without its list. */
export const list = (value: unknown): Block[] => (value === undefined || value === null ? [] : [value].flat());

/** An argument of a block that there is once at most. */
export const at = (body: Block, path: string): Block =>
  path.split('.').reduce((value, key) => list(value)[0]?.[key], body);

export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Whether a flag that is on by default has been left on. */
export const isLeftOn = (value: unknown): boolean => !isSet(value) || isOn(value);

export class StackView {
  readonly resources: readonly Resource[];

  constructor(private readonly json: Block) {
    this.resources = Object.entries<Block>(json.resource ?? {}).flatMap(([type, bodies]) =>
      Object.entries(bodies).map(([id, body]) => ({ type, id, body })),
    );
  }

  of(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Resources of the given type, or of any, that refer to one. */
  users({ type, id }: Resource, by?: string): Resource[] {
    const reference = new RegExp(`\\b${type}\\.${id}\\b(?!-)`);
    return this.resources.filter(
      (other) =>
        (by === undefined || other.type === by) &&
        !(other.type === type && other.id === id) &&
        reference.test(JSON.stringify(other.body)),
    );
  }

  /** Whether another stack may use it. */
  isPutOut({ type, id }: Resource): boolean {
    return JSON.stringify(this.json.output ?? {}).includes(`${type}.${id}.`);
  }

  /** The resource of that type that the body refers to. */
  referred(body: Block, type: string): Resource | undefined {
    return this.of(type).find(({ id }) => JSON.stringify(body).includes(`${type}.${id}.`));
  }
}

/** Rules that the resources of a stack break. */
export function brokenAwsRules(name: string, json: Block, rules: readonly AwsRule[]): Reported[] {
  const stack = new StackView(json);
  return stack.resources.flatMap((resource) =>
    rules
      .filter(({ on, holds }) => on.includes(resource.type) && !holds(resource.body, resource, stack))
      .map(({ id }) => ({ check: id, on: `${name} ${resource.type}.${resource.id}` })),
  );
}
