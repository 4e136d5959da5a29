import { at, membersAt, textAt } from '../members';
import type { Json, TerraformBlock } from '../source';

/** Blocks that a value refers to, seen from the block that holds it; none where they were not given. */
export type Refer = (value: Json | undefined, from: TerraformBlock) => readonly TerraformBlock[];

/** Outputs of outputs are followed this far. */
const FURTHEST = 8;

/** What a reference starts with: `data.`, type, name, an index or a splat. */
const ADDRESS = /^(data\.)?([a-z][a-z0-9]*_\w+)\.([\w-]+)(\[[^\]]*\]|\.\*)?/;

/** Prefix that cdktf gives a remote state for each stack that it reads from. */
const CDKTF_STATE = 'cross-stack-reference-input-';

/**
 * How blocks find one another: by `${aws_subnet.a.id}` and its splat in the same stack, through the outputs of another
 * stack, by what a data source looks up, and by the ids, names and ARNs that a state knows.
 */
export function references(blocks: readonly TerraformBlock[]): Refer {
  const byAddress = group(blocks, (block) => [
    address(block.stack, block.mode, block.type, block.name.replace(/\[.*$/, '')),
  ]);
  const byIdentity = group(
    blocks.filter(({ mode }) => mode === 'resource'),
    ({ value }) => ['id', 'arn', 'name', 'identifier'].flatMap((name) => textAt(value, name) ?? []).filter(isLiteral),
  );
  const outputs = group(
    blocks.filter(({ mode }) => mode === 'output'),
    ({ name }) => [name],
  );
  return (value, from) => follow(value, from, 0);

  function follow(value: Json | undefined, from: TerraformBlock, depth: number): readonly TerraformBlock[] {
    if (depth > FURTHEST) return [];
    if (Array.isArray(value)) return unique(value.flatMap((item) => follow(item, from, depth + 1)));
    if (typeof value !== 'string') return [];
    const expressions = [...value.matchAll(/\$\{([^}]*)\}/g)].map(([, expression = '']) => expression.trim());
    if (expressions.length === 0) return isLiteral(value) ? near(byIdentity.get(value) ?? [], from) : [];
    return unique(expressions.flatMap((expression) => follow1(expression, from, depth)));
  }

  function follow1(expression: string, from: TerraformBlock, depth: number): readonly TerraformBlock[] {
    const state =
      /^data\.terraform_remote_state\.([\w-]+)(?:\[[^\]]*\])?\.outputs(?:\.([\w-]+)|\[\s*"([^"]+)"\s*\])/.exec(
        expression,
      );
    if (state) {
      const name = state[2] ?? state[3] ?? '';
      const named = outputs.get(name) ?? [];
      const stack = stackOfState(state[1] ?? '', from);
      const exact = named.filter((output) => stack(output.stack));
      const [output, ...others] = exact.length > 0 ? exact : named;
      return output === undefined || others.length > 0 ? [] : follow(at(output.value, 'value'), output, depth + 1);
    }
    const match = ADDRESS.exec(expression);
    if (!match) return [];
    const [, data, type = '', name = '', index] = match;
    const found = byAddress.get(address(from.stack, data === undefined ? 'resource' : 'data', type, name)) ?? [];
    return index === undefined || index === '.*' || index === '[*]'
      ? found
      : found.filter((block) => block.name === `${name}${index}`);
  }

  /** Whether a stack is the one that a remote state reads: by cdktf's name of it, else by the file that it reads. */
  function stackOfState(name: string, from: TerraformBlock): (stack: string) => boolean {
    if (name.startsWith(CDKTF_STATE)) return (stack) => stack === name.slice(CDKTF_STATE.length);
    const [block] = byAddress.get(address(from.stack, 'data', 'terraform_remote_state', name)) ?? [];
    const config = membersAt(block?.value, 'config');
    const file = textAt(config, 'key') ?? textAt(config, 'path') ?? name;
    const parts = file.split(/[/.]/);
    return (stack) => parts.includes(stack);
  }
}

const address = (stack: string, mode: string, type: string, name: string): string =>
  [stack, mode, type, name].join('\n');

const isLiteral = (text: string): boolean => text !== '' && !text.includes('${');

const unique = (blocks: readonly TerraformBlock[]): readonly TerraformBlock[] => [...new Set(blocks)];

/** Of several with one name those of the same stack, where there are such. */
function near(blocks: readonly TerraformBlock[], from: TerraformBlock): readonly TerraformBlock[] {
  const own = blocks.filter(({ stack }) => stack === from.stack);
  return own.length > 0 ? own : blocks;
}

function group(
  blocks: readonly TerraformBlock[],
  keys: (block: TerraformBlock) => readonly string[],
): ReadonlyMap<string, TerraformBlock[]> {
  const groups = new Map<string, TerraformBlock[]>();
  for (const block of blocks)
    for (const key of keys(block)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [block]);
      else known.push(block);
    }
  return groups;
}
