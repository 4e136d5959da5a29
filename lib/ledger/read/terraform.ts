import { at as find, isMembers } from '../members';
import type { Place, Skipped, TerraformBlock } from '../source';
import { jsonPositions } from './json-positions';
import { linesOf } from './lines';
import { plain } from './plain';
import { configurationBlocks } from './terraform-json';
import { planBlocks, stateBlocks } from './terraform-plan';

/** What a text of Terraform holds. */
export interface TerraformText {
  readonly blocks: readonly TerraformBlock[];
  readonly skipped: readonly Skipped[];
}

/**
 * Blocks in a text of Terraform: JSON configuration (`cdk.tf.json`, `*.tf.json`), what `terraform show -json` says of a
 * plan or of a state, or a state file. Never throws: what cannot be read is listed.
 */
export function readTerraform(file: string, text: string): TerraformText {
  const unread = (why: string, line?: number): TerraformText => ({
    blocks: [],
    skipped: [{ place: line === undefined ? { file } : { file, line }, what: file, why, unreadable: true }],
  });
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (body.trim() === '') return unread('is empty');
  const lines = linesOf(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    if (/^\s*(#|\/\/|\/\*|terraform|provider|resource|data|module|variable|locals|output)\b/.test(body))
      return unread('is HCL; give the output of terraform show -json for its plan');
    const offset = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return unread('is not JSON', offset === undefined ? undefined : lines(Number(offset)));
  }
  const root = plain(parsed);
  if ('why' in root) return unread(root.why);
  const position = jsonPositions(text);
  const at = (pointer: string): Place => ({ file, line: lines(position(pointer)) });
  const { value } = root;
  if (isMembers(find(value, 'planned_values'))) return planBlocks(file, value, at);
  if (isMembers(find(value, 'values', 'root_module')) || Array.isArray(find(value, 'resources')))
    return stateBlocks(file, value, at);
  if (isMembers(value) && 'format_version' in value)
    return unread('is a plan or state of Terraform without any values');
  return configurationBlocks(file, value, at);
}
