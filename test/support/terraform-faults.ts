import { type Arguments, type BlockKind, ProviderAssembly, type ValueType } from './provider-assembly';
import { type Body, isBody } from './terraform-choices';
import {
  BACKENDS,
  BUILT_IN,
  EPHEMERAL,
  META_ARGUMENTS,
  MOVED,
  OUTPUT,
  REQUIRED_PROVIDER,
  VARIABLE,
} from './terraform-language';
import { danglingReferences } from './terraform-references';
import { bodyFaults, entries, valueFaults } from './terraform-values';

/** The content of a cdk.tf.json file. */
export type TerraformJson = Readonly<Record<string, unknown>>;

const NOTHING: Arguments = new Map();

/** A misspelt argument in ignore_changes would be planned again and again. */
function ignoredFaults(path: string, { lifecycle }: Body, args: Arguments): string[] {
  const ignored = isBody(lifecycle) ? lifecycle.ignore_changes : undefined;
  if (ignored === undefined || ignored === 'all') return [];
  const names = Array.isArray(ignored) ? ignored.map(String) : [];
  if (names.length === 0) return [`${path}: ignore_changes must be a list of arguments or all`];
  return names
    .filter((name) => !args.has(name.split(/[.[]/)[0] ?? ''))
    .map((name) => `${path}: ignore_changes names ${name}, which is no argument`);
}

/** In JSON, what replaces a resource is named without the braces of a reference. */
function triggerFaults(path: string, { lifecycle }: Body): string[] {
  const triggers = isBody(lifecycle) ? lifecycle.replace_triggered_by : undefined;
  return (Array.isArray(triggers) ? triggers.map(String) : [])
    .filter((trigger) => trigger.includes('{'))
    .map((trigger) => `${path}: replace_triggered_by names ${trigger} in braces`);
}

function blocksFaults(kind: BlockKind, json: TerraformJson): string[] {
  const prefix = kind === 'data' ? 'data.' : '';
  return entries(json[kind]).flatMap(([type, named]) => {
    const known = BUILT_IN[type] ?? ProviderAssembly.schema(kind, type)?.arguments;
    return entries(named).flatMap(([name, body]) => {
      const path = `${prefix}${type}.${name}`;
      if (known === undefined) return [`${path}: the provider has no such ${kind}`];
      if (!/^[A-Za-z_][\w-]*$/.test(name)) return [`${path}: a name is letters, digits, _ and -`];
      if (!isBody(body)) return [`${path} must be an object`];
      return [
        ...bodyFaults(path, `${prefix}${type}`, body, known, META_ARGUMENTS),
        ...ignoredFaults(path, body, known),
        ...triggerFaults(path, body),
      ];
    });
  });
}

const ephemeralFaults = (json: TerraformJson) =>
  entries(json.ephemeral).flatMap(([type, named]) =>
    entries(named).flatMap(([name, body]) => {
      const known = EPHEMERAL[type];
      const path = `ephemeral.${type}.${name}`;
      if (known === undefined || !isBody(body)) return [`${path}: no such ephemeral resource is known here`];
      return bodyFaults(path, `ephemeral.${type}`, body, known.arguments, META_ARGUMENTS);
    }),
  );

/** Every block of a kind that has one flat table of arguments. */
const plainFaults = (json: TerraformJson, kind: string, args: Arguments) =>
  entries(json[kind]).flatMap(([name, body]) => valueFaults(`${kind}.${name}`, kind, body, objectOf(args)));

const objectOf = (args: Arguments): ValueType => ({ kind: 'object', members: () => args });

const providerBlocks = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function providerFaults(json: TerraformJson): string[] {
  const blocks = entries(json.provider).flatMap(([name, value]) =>
    providerBlocks(value).map((body) => ({ name, body })),
  );
  const addresses = blocks.map(({ name, body }) =>
    isBody(body) && typeof body.alias === 'string' ? `${name}.${body.alias}` : name,
  );
  const used = ['resource', 'data'].flatMap((kind) =>
    entries(json[kind]).flatMap(([type, named]) =>
      entries(named).map(([name, body]) => ({ name: `${kind === 'data' ? 'data.' : ''}${type}.${name}`, body })),
    ),
  );
  return [
    ...addresses
      .filter((address, index) => addresses.indexOf(address) !== index)
      .map((address) => `provider.${address} is configured twice`),
    ...blocks.flatMap(({ name, body }) => {
      const members = ProviderAssembly.of(name)?.provider() ?? NOTHING;
      return valueFaults(`provider.${name}`, `provider.${name}`, body, objectOf(members));
    }),
    ...used.flatMap(({ name, body }) => {
      const address = isBody(body) ? body.provider : undefined;
      return typeof address === 'string' && !addresses.includes(address)
        ? [`${name}: provider ${address} is not configured`]
        : [];
    }),
  ];
}

function settingsFaults(json: TerraformJson): string[] {
  const settings = isBody(json.terraform) ? json.terraform : {};
  const required = settings.required_providers;
  const types = ['resource', 'data', 'ephemeral'].flatMap((kind) => entries(json[kind]).map(([type]) => type));
  const providers = new Set(types.map((type) => type.split('_')[0] ?? '').filter((name) => name !== 'terraform'));
  return [
    ...entries(settings)
      .filter(([name]) => !['required_version', 'required_providers', 'backend'].includes(name))
      .map(([name]) => `terraform has no argument ${name} that is known here`),
    ...entries(required).flatMap(([name, value]) =>
      valueFaults(`required_providers.${name}`, 'required_providers', value, objectOf(REQUIRED_PROVIDER)),
    ),
    ...entries(required).flatMap(([name, value]) =>
      isBody(value) && value.source !== `hashicorp/${name}` ? [`required_providers.${name} is not hashicorp's`] : [],
    ),
    ...[...providers]
      .filter((name) => !isBody(required) || !isBody(required[name]))
      .map((name) => `required_providers.${name} is required`),
    ...entries(settings.backend).flatMap(([name, value]) =>
      valueFaults(`backend.${name}`, 'backend', value, objectOf(BACKENDS[name] ?? NOTHING)),
    ),
  ];
}

const TOP_LEVEL = [
  '//',
  'data',
  'ephemeral',
  'locals',
  'moved',
  'output',
  'provider',
  'resource',
  'terraform',
  'variable',
];

/** Everything in a stack that Terraform or the AWS provider would refuse, as far as their types and our tables know. */
export function terraformFaults(json: TerraformJson): string[] {
  const moved = Array.isArray(json.moved) ? json.moved : [];
  return [
    ...Object.keys(json)
      .filter((key) => !TOP_LEVEL.includes(key))
      .map((key) => `${key} is no block that is known here`),
    ...settingsFaults(json),
    ...providerFaults(json),
    ...blocksFaults('resource', json),
    ...blocksFaults('data', json),
    ...ephemeralFaults(json),
    ...plainFaults(json, 'output', OUTPUT),
    ...plainFaults(json, 'variable', VARIABLE),
    ...moved.flatMap((move, index) => valueFaults(`moved[${index}]`, 'moved', move, objectOf(MOVED))),
    ...danglingReferences(json, (kind, type) => ProviderAssembly.schema(kind, type)),
  ];
}
