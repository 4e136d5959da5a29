import { TerraformStack, Testing } from 'cdktf';

// biome-ignore lint/suspicious/noExplicitAny: emitted JSON has no static type, and typing it here would test the types instead
export type Block = any;

/** What `build` adds to a fresh stack, as Terraform would read it. */
export function terraform(build: (stack: TerraformStack) => void): Block {
  const stack = new TerraformStack(Testing.app(), 'test');
  build(stack);
  return JSON.parse(Testing.synth(stack));
}

/** All resources of a type, by their position in the file. */
export const resources = (json: Block, type: string): Block[] => Object.values(json.resource?.[type] ?? {});

/** The only resource of that type. */
export function onlyResource(json: Block, type: string): Block {
  const found = resources(json, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0];
}
