import { isMembers, type Members, membersAt, pointerTo, textAt } from '../members';
import type { Json, Place, Skipped, TerraformBlock } from '../source';
import { within } from './pointer';
import { stackName } from './stack-name';
import type { TerraformText } from './terraform';
import { copies } from './terraform-copies';
import { filled, literals } from './terraform-literals';

/** What a body of configuration may hold; where it holds none of it, it is something else. */
const PARTS = ['resource', 'data', 'output', 'provider', 'terraform', 'variable', 'locals', 'module', 'moved', '//'];

/** A body of a block, and where it is written. */
interface Body {
  readonly value: Members;
  readonly pointer: string;
}

/**
 * Blocks of JSON configuration. `count` and `for_each` that are written out make as many blocks; references stay text,
 * except those to variables with a default and to locals, which are put in.
 */
export function configurationBlocks(file: string, root: Json, at: (pointer: string) => Place): TerraformText {
  const blocks: TerraformBlock[] = [];
  const skipped: Skipped[] = [];
  const found = bodies(root, '');
  for (const body of found) {
    const stack = textAt(body.value, '//', 'metadata', 'stackName') ?? stackName(file);
    const known = literals(body.value);
    for (const { mode, type, name, value, pointer } of labelled(body))
      for (const copy of copies(filled(value, known), name)) {
        if (copy.why !== undefined) skipped.push({ place: at(pointer), what: `${type}.${name}`, why: copy.why });
        const block = { side: 'terraform' as const, stack, mode, type, name: copy.name };
        blocks.push({ ...block, value: copy.value, at: (inner) => at(`${pointer}${inner}`) });
      }
    for (const name of Object.keys(membersAt(body.value, 'module')))
      skipped.push({
        place: at(within(body.pointer, 'module', name)),
        what: `module.${name}`,
        why: 'is made elsewhere: give the output of terraform show -json for its plan',
      });
    if (!PARTS.some((part) => part in body.value))
      skipped.push({ place: at(body.pointer), what: file, why: 'holds no blocks of Terraform' });
  }
  if (found.length === 0) skipped.push({ place: at(''), what: file, why: 'holds no blocks of Terraform' });
  return { blocks, skipped };
}

/** Bodies where Terraform takes one or a list of them. */
function bodies(value: Json | undefined, pointer: string): readonly Body[] {
  if (isMembers(value)) return [{ value, pointer }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => bodies(isMembers(item) ? item : undefined, within(pointer, index)));
}

/** Every member of bodies that may be one or a list. */
const members = (value: Json | undefined, pointer: string): readonly { name: string; value: Json; pointer: string }[] =>
  bodies(value, pointer).flatMap((body) =>
    Object.entries(body.value).map(([name, member]) => ({ name, value: member, pointer: within(body.pointer, name) })),
  );

type Labelled = Pick<TerraformBlock, 'mode' | 'type' | 'name' | 'value'> & { readonly pointer: string };

/** Blocks with their labels: type and name of resources and data, the name of outputs and providers. */
function labelled({ value, pointer }: Body): readonly Labelled[] {
  const block = (mode: TerraformBlock['mode'], type: string, name: string, written: Json, base: string): Labelled[] =>
    bodies(written, base).map((body) => ({ mode, type, name, ...body }));
  const typed = (['resource', 'data'] as const).flatMap((mode) =>
    members(value[mode], `${pointer}${pointerTo(mode)}`).flatMap((type) =>
      members(type.value, type.pointer).flatMap((each) => block(mode, type.name, each.name, each.value, each.pointer)),
    ),
  );
  const named = (['output', 'provider'] as const).flatMap((mode) =>
    members(value[mode], `${pointer}${pointerTo(mode)}`).flatMap((each) =>
      block(mode, mode, each.name, each.value, each.pointer),
    ),
  );
  return [...typed, ...named];
}
