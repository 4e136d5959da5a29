import type { Refer } from '../facts/references';
import { evidenceOf } from '../facts/view';
import { at, blocksAt, listAt, numberAt, textAt, textsAt } from '../members';
import type { Evidence } from '../rule';
import type { TerraformBlock } from '../source';
import { regionOfArn } from './region';
import { longestGap } from './schedules';
import { tagOf } from './tags';

/** Minutes in which a backup starts where a plan says nothing. Source: terraform-provider-aws, `backup/plan.go`. */
const START_WINDOW = 60;

/** What AWS Backup makes of a resource, by one rule of one plan. */
export interface PlannedBackup {
  readonly everySeconds: number;
  readonly startWithinMinutes: number;
  /** Regions of its copies; those that could not be told are left out. */
  readonly copies: readonly string[];
  readonly evidence: Evidence;
}

/** Finds the planned backups of a resource, by reference, by the end of its ARN, by a pattern or by tag. */
export function backupsOf(
  blocks: readonly TerraformBlock[],
  refer: Refer,
  regionOf: (block: TerraformBlock) => string | undefined,
): (block: TerraformBlock, arnEnd: string) => readonly PlannedBackup[] {
  const resources = blocks.filter(({ mode }) => mode === 'resource');
  const selections = resources.filter(({ type }) => type === 'aws_backup_selection');
  const rulesOf = (selection: TerraformBlock): PlannedBackup[] =>
    refer(at(selection.value, 'plan_id'), selection)
      .filter(({ type }) => type === 'aws_backup_plan')
      .flatMap((plan) => blocksAt(plan.value, 'rule').flatMap((rule, index) => planned(plan, rule, index)));
  return (block, arnEnd) => selections.filter((selection) => selects(selection, block, arnEnd, refer)).flatMap(rulesOf);

  function planned(plan: TerraformBlock, rule: ReturnType<typeof blocksAt>[number], index: number): PlannedBackup[] {
    const everySeconds = longestGap(textAt(rule, 'schedule') ?? '');
    if (everySeconds === undefined) return [];
    const copies = blocksAt(rule, 'copy_action').flatMap((copy) => {
      const arn = at(copy, 'destination_vault_arn');
      const [vault] = refer(arn, plan).filter(({ type }) => type.startsWith('aws_backup_'));
      return (vault && regionOf(vault)) ?? regionOfArn(typeof arn === 'string' ? arn : '') ?? [];
    });
    return [
      {
        everySeconds,
        startWithinMinutes: Math.max(numberAt(rule, 'start_window') ?? START_WINDOW, 0),
        copies,
        evidence: evidenceOf(plan)(`/rule/${index}/schedule`),
      },
    ];
  }
}

function selects(selection: TerraformBlock, block: TerraformBlock, arnEnd: string, refer: Refer): boolean {
  const { value } = selection;
  const resources = listAt(value, 'resources');
  const isNamed =
    textsAt(value, 'resources').some((pattern) => fits(pattern, arnEnd)) || refer(resources, selection).includes(block);
  const isTagged = blocksAt(value, 'selection_tag').some(
    (tag) =>
      textAt(tag, 'type') === 'STRINGEQUALS' &&
      tagOf(block, textAt(tag, 'key') ?? '') === (textAt(tag, 'value') ?? null),
  );
  return (isNamed && blocksAt(value, 'condition').length === 0) || isTagged;
}

/** Whether the last part of a pattern fits: `*`, `arn:aws:rds:*:*:db:*`, `…:db:shop-main`. */
function fits(pattern: string, arnEnd: string): boolean {
  if (pattern === '*') return true;
  const [kind, name] = arnEnd.split(':');
  const end = new RegExp(`(?:^|:)${kind}:([\\w*-]+)$`).exec(pattern)?.[1];
  if (end === undefined || name === undefined) return false;
  const [first = '', ...rest] = end.split('*');
  return rest.length === 0 ? end === name : name.startsWith(first) && name.endsWith(rest.at(-1) ?? '');
}
