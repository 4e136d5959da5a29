import type { TerraformStack } from 'cdktf';
import { terraform } from './terraform';

/** Terraform text with its references by type and attribute, free of hashed ids: `<aws_region.region>`. */
export const readable = (text: string): string => text.replace(/\$\{(?:data\.)?(\w+)\.\w+\.(\w+)\}/g, '<$1.$2>');

/** What attributes of constructs refer to once they are written out. */
export function referred(build: (stack: TerraformStack) => Readonly<Record<string, string>>): Record<string, string> {
  const { locals } = terraform((stack) => stack.addOverride('locals', build(stack)));
  return Object.fromEntries(Object.entries<string>(locals).map(([name, text]) => [name, readable(text)]));
}
