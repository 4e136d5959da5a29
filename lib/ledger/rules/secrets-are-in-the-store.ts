import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { at } from '../members';
import { type CloudNames, cloudNames } from '../network/cloud-names';
import { type Missing, resolved } from '../network/missing';
import { type SecretKey, secretKeysOf } from '../network/secret-keys';
import type { Rule, Verdict } from '../rule';
import { blockName, type KubernetesObject, objectName } from '../source';

/** What External Secrets fetches is what Terraform makes. */
export const secretsAreInTheStore: Rule = {
  id: 'secrets-are-in-the-store',
  severity: 'error',
  protects:
    'an ExternalSecret stays in SecretSyncedError and its pods in CreateContainerConfigError, because a name differs',
  formula:
    'each key of an ExternalSecret or SecretProviderClass is the name of one secret or parameter of Terraform, where that makes others of its kind',
  source: 'external-secrets.io, "AWS Secrets Manager"; Secrets Store CSI driver, provider for AWS, "objectName"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const keysOf = secretKeysOf(facts);
    const shelf = shelfOf(facts);
    return facts.objects.flatMap((object) => verdictsOn(object, keysOf(object), shelf));
  },
};

const shelfOf = ({ blocks }: Facts) => ({
  SecretsManager: cloudNames(blocks, 'aws_secretsmanager_secret'),
  ParameterStore: cloudNames(blocks, 'aws_ssm_parameter'),
});

function verdictsOn(
  object: KubernetesObject,
  keys: readonly SecretKey[],
  shelf: ReturnType<typeof shelfOf>,
): Verdict[] {
  if (keys.length === 0) return [];
  const missing = keys.flatMap((key) => missingOf(object, key, shelf));
  const unique = [...new Map(missing.map((one) => [one.subject, one])).values()];
  const names = new Set(keys.map(({ key }) => key));
  const [first] = keys;
  return resolved(objectName(object), unique, {
    evidence: [evidenceIn(object, first?.pointer ?? '/spec')],
    arithmetic: names.size === 1 ? `${[...names][0]} is in the store` : `${names.size} keys, all in the store`,
  });
}

function missingOf(
  object: KubernetesObject,
  { key, service, pointer }: SecretKey,
  shelf: ReturnType<typeof shelfOf>,
): Missing[] {
  const stores = service === undefined ? [shelf.SecretsManager, shelf.ParameterStore] : [shelf[service]];
  const found = stores.flatMap(({ named }) => named(key));
  const said = { subject: `${objectName(object)}: ${key}`, evidence: evidenceIn(object, pointer) };
  // one name may stand in several regions, each with a provider of its own
  const same = found.filter(
    (one) => at(one.value, 'provider') === at(found[0]?.value, 'provider') && one.stack === found[0]?.stack,
  );
  if (same.length > 1)
    return [
      {
        ...said,
        arithmetic: `${same.map(blockName).join(' and ')} have the same name, and AWS takes one`,
        remedy: 'keep one of them',
      },
    ];
  if (found.length > 0) return [];
  const family = familyOf(key);
  const relatives = stores.flatMap(({ names }) => names.filter((name) => isOf(family, name)));
  const near = nearest(key, relatives);
  return [
    {
      ...said,
      arithmetic: `nothing makes ${key}; of ${family === '' ? 'such names' : `${family}/`} there ${relatives.length === 1 ? 'is' : 'are'} ${relatives.length}, as ${near ?? 'others'}`,
      remedy: near === undefined ? `make ${key} in Terraform` : `name ${near}, or make ${key} in Terraform`,
      needs: relatives.length === 0 ? needsOf(family, stores) : undefined,
    },
  ];
}

/** What names have in common that are made together: all but the last two parts. */
function familyOf(key: string): string {
  const parts = key.replace(/^\//, '').split('/');
  return parts.slice(0, Math.max(parts.length - 2, Math.min(parts.length - 1, 1))).join('/');
}

function isOf(family: string, name: string): boolean {
  const own = name.replace(/^\//, '');
  return family === '' ? !own.includes('/') : own.startsWith(`${family}/`);
}

const needsOf = (family: string, stores: readonly CloudNames[]): string =>
  stores.every(({ blocks }) => blocks.length === 0)
    ? 'the Terraform that makes the secrets'
    : `the Terraform that makes ${family === '' ? 'secrets without a path' : `secrets of ${family}/`}`;

/** The name that begins or ends most like it. */
function nearest(key: string, names: readonly string[]): string | undefined {
  const likeness = (name: string): number => shared(key, name) + shared(reversed(key), reversed(name));
  return names.reduce<string | undefined>(
    (best, name) => (best === undefined || likeness(name) > likeness(best) ? name : best),
    undefined,
  );
}

const reversed = (text: string): string => [...text].reverse().join('');

function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
