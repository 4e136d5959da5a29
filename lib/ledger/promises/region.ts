import { placesOf } from '../cloud/places';
import type { TerraformBlock } from '../source';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d/;

/** Region of a block, its own or its provider's; undefined where neither says so. */
export function regionsOf(blocks: readonly TerraformBlock[]): (block: TerraformBlock) => string | undefined {
  const places = placesOf(blocks);
  return (block) => REGION.exec(places.of(block))?.[0];
}

/** Region that an ARN names: `us-east-1` of `arn:aws:backup:us-east-1:…`. */
export const regionOfArn = (arn: string): string | undefined => {
  // expressions in front of it may hold colons of their own
  const region = arn.replace(/\$\{[^}]*\}/g, 'x').split(':')[3] ?? '';
  return REGION.test(region) ? region : undefined;
};
