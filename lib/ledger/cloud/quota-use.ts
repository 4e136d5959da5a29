import type { AwsQuotaName } from '../../catalog';
import { evidenceIn } from '../configured';
import type { Refer } from '../facts/references';
import type { Evidence } from '../rule';
import { grouped } from '../rules/behind';
import { blockName, type Json, type TerraformBlock } from '../source';
import type { Place } from './places';

/** How much of a quota is taken at most. */
export interface QuotaUse {
  readonly quota: AwsQuotaName;
  /** What is measured: a region, or the block that has the quota to itself. */
  readonly subject: string;
  readonly place: Place;
  readonly needed: number;
  /** The sum in words. */
  readonly words: string;
  readonly evidence: readonly Evidence[];
  /** Whether it is more while nodes are updated. */
  readonly isOfNodes: boolean;
  /** What is missing to know it. */
  readonly needs?: string;
}

/** A part of a sum. */
export interface Share {
  readonly amount: number;
  readonly words: string;
  readonly evidence: Evidence;
}

const MOST = 4;

/** The largest parts of a sum, in words. */
export function sumOf(shares: readonly Share[]): Pick<QuotaUse, 'needed' | 'words' | 'evidence'> {
  const sorted = shares.filter(({ amount }) => amount > 0).sort((one, other) => other.amount - one.amount);
  const rest = sorted.slice(MOST).reduce((sum, { amount }) => sum + amount, 0);
  return {
    needed: sorted.reduce((sum, { amount }) => sum + amount, 0),
    words: [
      ...sorted.slice(0, MOST).map(({ words }) => words),
      ...(rest > 0 ? [`${sorted.length - MOST} more with ${rest}`] : []),
    ].join(' + '),
    evidence: sorted.slice(0, MOST).map(({ evidence }) => evidence),
  };
}

/** A use that is a number of blocks, by place. */
export const countOf = (
  quota: AwsQuotaName,
  blocks: readonly TerraformBlock[],
  placeOf: (block: TerraformBlock) => Place,
): QuotaUse[] =>
  [...grouped(blocks, (block) => [placeOf(block)])].map(([place, same]) => ({
    quota,
    subject: place,
    place,
    needed: same.length,
    words:
      same.slice(0, MOST).map(blockName).join(' + ') + (same.length > MOST ? ` and ${same.length - MOST} more` : ''),
    evidence: same.slice(0, MOST).map((block) => evidenceIn(block, '')),
    isOfNodes: false,
  }));

/** Blocks by the one of a type that a member of theirs refers to. */
export function byOwner(
  blocks: readonly TerraformBlock[],
  refer: Refer,
  member: (block: TerraformBlock) => Json | undefined,
  isOwner: (block: TerraformBlock) => boolean,
): readonly (readonly [TerraformBlock, readonly TerraformBlock[]])[] {
  const owners = new Map<TerraformBlock, TerraformBlock[]>();
  for (const block of blocks)
    for (const owner of refer(member(block), block).filter(isOwner)) {
      const own = owners.get(owner);
      if (own === undefined) owners.set(owner, [block]);
      else own.push(block);
    }
  return [...owners];
}

/** Use of a quota that a block has to itself. */
export const ofOne = (
  quota: AwsQuotaName,
  block: TerraformBlock,
  place: string,
  needed: number,
  words: string,
): QuotaUse => ({
  ...{ quota, subject: blockName(block), place, needed, words, isOfNodes: false },
  evidence: [evidenceIn(block, '')],
});
