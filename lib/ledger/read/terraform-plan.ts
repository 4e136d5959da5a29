import { at as find, isMembers, listAt, type Members, membersAt, textAt } from '../members';
import type { Json, Place, Skipped, TerraformBlock } from '../source';
import { within } from './pointer';
import { stackName } from './stack-name';
import type { TerraformText } from './terraform';

/** Blocks of a plan as it would leave them; what is known only after apply is a reference again, where it comes from one. */
export function planBlocks(file: string, root: Json, at: (pointer: string) => Place): TerraformText {
  const stack = stackName(file);
  const blocks: TerraformBlock[] = [];
  const skipped: Skipped[] = [];
  const configuration = find(root, 'configuration', 'root_module');
  module(find(root, 'planned_values', 'root_module'), configuration, '/planned_values/root_module', 0);
  for (const [name, output] of Object.entries(membersAt(root, 'planned_values', 'outputs'))) {
    const refers = textAt(configuration, 'outputs', name, 'expression', 'references', 0);
    const value = find(output, 'value') ?? (refers === undefined ? null : `\${${refers}}`);
    blocks.push(outputBlock(stack, name, value, at, `/planned_values/outputs/${name}`));
  }
  for (const [name, provider] of Object.entries(membersAt(root, 'configuration', 'provider_config'))) {
    const region = find(provider, 'expressions', 'region', 'constant_value');
    const pointer = within('/configuration/provider_config', name);
    blocks.push({
      ...{ side: 'terraform', stack, mode: 'provider', type: 'provider', name },
      value: region === undefined ? {} : { region },
      at: () => at(pointer),
    });
  }
  return { blocks, skipped };

  function module(values: Json | undefined, configured: Json | undefined, pointer: string, depth: number): void {
    const expressions = new Map(
      listAt(configured, 'resources').map((resource) => [
        `${textAt(resource, 'mode')}.${textAt(resource, 'type')}.${textAt(resource, 'name')}`,
        find(resource, 'expressions'),
      ]),
    );
    for (const [index, resource] of listAt(values, 'resources').entries()) {
      const block = resourceBlock(stack, resource, at, within(pointer, 'resources', index));
      if (block === undefined) {
        skipped.push(nameless(at, within(pointer, 'resources', index)));
        continue;
      }
      const written = expressions.get(
        `${textAt(resource, 'mode')}.${textAt(resource, 'type')}.${textAt(resource, 'name')}`,
      );
      blocks.push({ ...block, value: withReferences(block.value, written) as Members });
    }
    if (depth > 20) return;
    for (const [index, child] of listAt(values, 'child_modules').entries()) {
      const called = lastModule(textAt(child, 'address') ?? '');
      module(
        child,
        find(configured, 'module_calls', called, 'module'),
        within(pointer, 'child_modules', index),
        depth + 1,
      );
    }
  }
}

/** Blocks of a state: what `terraform show -json` says of it, or the file itself. */
export function stateBlocks(file: string, root: Json, at: (pointer: string) => Place): TerraformText {
  const stack = stackName(file);
  const blocks: TerraformBlock[] = [];
  const skipped: Skipped[] = [];
  const module = (values: Json | undefined, pointer: string, depth: number): void => {
    for (const [index, resource] of listAt(values, 'resources').entries()) {
      const place = within(pointer, 'resources', index);
      const block = resourceBlock(stack, resource, at, place);
      if (block === undefined) skipped.push(nameless(at, place));
      else blocks.push(block);
    }
    if (depth > 20) return;
    for (const [index, child] of listAt(values, 'child_modules').entries())
      module(child, within(pointer, 'child_modules', index), depth + 1);
  };
  module(find(root, 'values', 'root_module'), '/values/root_module', 0);
  for (const [index, resource] of listAt(root, 'resources').entries()) {
    const place = within('/resources', index);
    const instances = listAt(resource, 'instances');
    for (const [number, instance] of instances.entries()) {
      const flat = { ...(isMembers(resource) ? resource : {}), index: find(instance, 'index_key') ?? null };
      const block = resourceBlock(stack, { ...flat, values: find(instance, 'attributes') ?? {} }, at, place);
      const inner = within(place, 'instances', number, 'attributes');
      if (block === undefined) skipped.push(nameless(at, place));
      else blocks.push({ ...block, at: (pointer) => at(`${inner}${pointer}`) });
    }
  }
  for (const base of [['values', 'outputs'], ['outputs']])
    for (const [name, output] of Object.entries(membersAt(root, ...base)))
      blocks.push(outputBlock(stack, name, find(output, 'value') ?? null, at, `/${base.join('/')}/${name}`));
  return { blocks, skipped };
}

function resourceBlock(
  stack: string,
  resource: Json,
  at: (pointer: string) => Place,
  pointer: string,
): TerraformBlock | undefined {
  const type = textAt(resource, 'type');
  const name = textAt(resource, 'name');
  const mode = textAt(resource, 'mode');
  if (type === undefined || name === undefined || (mode !== 'managed' && mode !== 'data')) return undefined;
  const index = find(resource, 'index');
  const address = textAt(resource, 'address') ?? '';
  const module = textAt(resource, 'module') ?? /^(module\.[^.]+(\[[^\]]*\])?\.)+/.exec(address)?.[0]?.slice(0, -1);
  const suffix = index === undefined || index === null ? '' : `[${JSON.stringify(index)}]`;
  return {
    side: 'terraform',
    stack: module === undefined ? stack : `${stack} ${module}`,
    mode: mode === 'data' ? 'data' : 'resource',
    type,
    name: `${name}${suffix}`,
    value: membersAt(resource, 'values'),
    at: (inner) => at(`${pointer}/values${inner}`),
  };
}

const outputBlock = (
  stack: string,
  name: string,
  value: Json,
  at: (pointer: string) => Place,
  pointer: string,
): TerraformBlock => ({
  ...{ side: 'terraform', stack, mode: 'output', type: 'output', name },
  value: { value },
  at: () => at(pointer),
});

const nameless = (at: (pointer: string) => Place, pointer: string): Skipped => ({
  place: at(pointer),
  what: 'a resource',
  why: 'has no type and name',
});

const lastModule = (address: string): string => /module\.([^.[]+)(?:\[[^\]]*\])?$/.exec(address)?.[1] ?? '';

/** Attributes that are known only after apply, which a plan leaves out, as the references that they will come from. */
function withReferences(value: Json, expressions: Json | undefined): Json {
  if (Array.isArray(expressions) || Array.isArray(value)) {
    const blocks = Array.isArray(value) ? value : [];
    return blocks.map((block, index) => withReferences(block, find(expressions, index)));
  }
  if (!isMembers(value) || !isMembers(expressions)) return value;
  const filled: Record<string, Json> = { ...value };
  for (const [name, expression] of Object.entries(expressions)) {
    const references = listAt(expression, 'references').filter((reference) => typeof reference === 'string');
    const present = Object.hasOwn(value, name) ? value[name] : undefined;
    if (references.length > 0 && present === undefined) {
      const whole = references.filter((reference) => !references.some((other) => other.startsWith(`${reference}.`)));
      filled[name] = whole.length > 1 ? whole.map((reference) => `\${${reference}}`) : `\${${whole[0]}}`;
    } else if (present !== undefined && typeof present === 'object') filled[name] = withReferences(present, expression);
  }
  return filled;
}
