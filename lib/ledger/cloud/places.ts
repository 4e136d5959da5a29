import { at, isMembers, listAt, textAt } from '../members';
import type { Json, TerraformBlock } from '../source';

/** Whose quotas something takes from, in words: `us-west-2 of 333333333333`. Empty where neither is known. */
export type Place = string;

/** Where blocks stand, by their own region, else by the provider of their stack. */
export interface Places {
  readonly of: (block: TerraformBlock) => Place;
  /** Account of a block, for what has no region. Empty where it is not known. */
  readonly accountOf: (block: TerraformBlock) => Place;
}

export const placeName = (region: string, account: string): Place =>
  [region, account].filter((part) => part !== '').join(' of ');

/** Looks each provider up once. Where all providers have one region, so has a block that names none. */
export function placesOf(blocks: readonly TerraformBlock[]): Places {
  const providers = blocks.filter(({ mode }) => mode === 'provider').flatMap(providersIn);
  const byStack = new Map<string, Provider>();
  for (const provider of providers)
    for (const alias of [`.${provider.alias}`, ''])
      if (!byStack.has(`${provider.stack}${alias}`) || provider.alias === '')
        byStack.set(`${provider.stack}${alias}`, provider);
  const only = (all: readonly string[]): string => {
    const [first, ...others] = new Set(all.filter((one) => one !== ''));
    return first !== undefined && others.length === 0 ? first : '';
  };
  const onlyRegion = only(providers.map(({ region }) => region));
  const onlyAccount = only(providers.map(({ account }) => account));
  const providerOf = (block: TerraformBlock): Provider | undefined => {
    const alias = textAt(block.value, 'provider')
      ?.replace(/^\$\{|\}$/g, '')
      .split('.')[1];
    return byStack.get(`${block.stack}.${alias ?? ''}`) ?? byStack.get(block.stack);
  };
  const accountOf = (block: TerraformBlock): string => providerOf(block)?.account ?? onlyAccount;
  return {
    accountOf,
    of: (block) =>
      placeName(literal(at(block.value, 'region')) || providerOf(block)?.region || onlyRegion, accountOf(block)),
  };
}

interface Provider {
  readonly stack: string;
  readonly alias: string;
  readonly region: string;
  readonly account: string;
}

const literal = (value: Json | undefined): string =>
  typeof value === 'string' && value !== '' && !value.includes('${') ? value : '';

function providersIn({ stack, name, value }: TerraformBlock): Provider[] {
  if (!isMembers(value)) return [];
  const region = literal(at(value, 'region'));
  if (!/^aws\b/.test(name) && region === '') return [];
  const role = literal(at(value, 'assume_role', 0, 'role_arn') ?? at(value, 'assume_role', 'role_arn'));
  const account =
    literal(listAt(value, 'allowed_account_ids')[0]) || (/^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1] ?? '');
  return [{ stack, alias: literal(at(value, 'alias')), region, account }];
}
