import type { EnvironmentSpec } from '../../lib/model';
import { inspectStacks, STACK_CHECKS } from '../../lib/model/stack-checks';
import { environment } from '../support/environment';
import { allIds, ids } from '../support/findings';

const checksOf = (overrides: Partial<EnvironmentSpec>): string[] =>
  ids(inspectStacks('shop/production', environment(overrides)));

const bucket = (part: { region?: string; kmsKeyAlias?: string }): Partial<EnvironmentSpec> => ({
  state: { kind: 's3', bucket: 'state', region: 'eu-west-1', ...part },
});
const tags = (count: number): Partial<EnvironmentSpec> => ({
  tags: Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag-${at}`, 'x'])),
});
const tag = (key: string, value = 'x'): Partial<EnvironmentSpec> => ({ tags: { [key]: value } });

const broken: readonly [check: string, it: string, overrides: Partial<EnvironmentSpec>][] = [
  ['environment-state-region-is-well-formed', 'a zone', bucket({ region: 'eu-west-1a' })],
  ['environment-state-region-is-well-formed', 'nothing', bucket({ region: '' })],
  ['environment-state-key-is-an-alias', 'alias/ in front', bucket({ kmsKeyAlias: 'alias/state' })],
  ['environment-state-key-is-an-alias', 'an ARN', bucket({ kmsKeyAlias: 'arn:aws:kms:eu-west-1:1:alias/state' })],
  ['environment-state-key-is-an-alias', 'nothing', bucket({ kmsKeyAlias: '' })],
  ['environment-state-key-is-an-alias', '251 characters', bucket({ kmsKeyAlias: 'k'.repeat(251) })],
  ['environment-tags-leave-room', '41', tags(41)],
  ['environment-tags-are-allowed', 'a key of AWS', tag('aws:team')],
  ['environment-tags-are-allowed', 'a key of AWS in capitals', tag('AWS:team')],
  ['environment-tags-are-allowed', 'an empty key', tag('')],
  ['environment-tags-are-allowed', 'a key of 129 characters', tag('k'.repeat(129))],
  ['environment-tags-are-allowed', 'a value of 257 characters', tag('key', 'v'.repeat(257))],
  ['environment-tags-are-allowed', 'a bracket', tag('key', '<shop>')],
  ['environment-tags-are-its-own', 'the platform', tag('platform')],
  ['environment-tags-are-its-own', 'the name of a resource', tag('Name')],
  ['environment-has-a-node-group', 'none', { cluster: { apiAccess: { through: 'session-manager' }, nodeGroups: [] } }],
];

test.each(broken)('%s fails for %s', (check, _it, overrides) => expect(checksOf(overrides)).toEqual([check]));

test.each([
  ['a region of three words', bucket({ region: 'us-gov-west-1' })],
  ['an alias with a folder', bucket({ kmsKeyAlias: 'shop/terraform-state' })],
  ['the longest alias', bucket({ kmsKeyAlias: 'k'.repeat(250) })],
  ['40 tags', tags(40)],
  ['39 tags', tags(39)],
  ['the longest key', tag('k'.repeat(128))],
  ['the longest value', tag('key', 'v'.repeat(256))],
  ['an empty value', tag('key', '')],
  ['every sign that AWS takes', tag('a b_c.d:e/f=g+h-i@j', 'Bücher, nein'.replace(',', ''))],
  ['a key that only begins like one of AWS', tag('awsome:team')],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_it, overrides) => {
  expect(checksOf(overrides)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(STACK_CHECKS));
});
