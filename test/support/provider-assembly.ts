import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type ValueType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: ValueType }
  | { readonly kind: 'object'; readonly members: () => Arguments };

export interface Argument {
  readonly required: boolean;
  /** A block of its own, which takes no expression in its place. */
  readonly block: boolean;
  readonly type: ValueType;
}

/** Arguments by the name Terraform knows them by. */
export type Arguments = ReadonlyMap<string, Argument>;

export interface BlockSchema {
  readonly arguments: Arguments;
  /** Whether a reference may read `attribute` of such a block. */
  exports(attribute: string): boolean;
}

export type BlockKind = 'resource' | 'data';

interface JsiiType {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: JsiiType };
  readonly union?: { readonly types: readonly JsiiType[] };
}

interface JsiiProperty {
  readonly name: string;
  readonly optional?: boolean;
  readonly docs?: { readonly summary?: string; readonly remarks?: string };
  readonly type: JsiiType;
}

interface JsiiClass {
  readonly initializer?: { readonly parameters: readonly { readonly name: string; readonly type: JsiiType }[] };
  readonly properties?: readonly JsiiProperty[];
}

const TYPE_ENDS = '\n    }';

/** `ipv6CidrBlock` and `ipv6_cidr_block` are one attribute; only the first spelling is in the class. */
const folded = (name: string) => name.replaceAll('_', '').toLowerCase();

function argumentName({ name, docs }: JsiiProperty): string {
  const link = /#(\w+) \w+#\1\}/.exec(`${docs?.summary} ${docs?.remarks}`);
  if (link?.[1] === undefined) throw new Error(`the provider's types do not say what Terraform calls ${name}`);
  return link[1];
}

/** A provider as Terraform names it, with the package of its types and how many resources they have at least. */
interface Provider {
  readonly name: string;
  readonly package: string;
  readonly class: string;
  readonly resources: number;
}

const PROVIDERS: readonly Provider[] = [
  { name: 'aws', package: '@cdktf/provider-aws', class: 'AwsProvider', resources: 1000 },
  { name: 'helm', package: '@cdktf/provider-helm', class: 'HelmProvider', resources: 1 },
];

/** The first line of a type, or the line of its text that names the resource or data source it stands for. */
const typeOrResource = (name: string): RegExp =>
  new RegExp(
    `\\n {4}"(${name}\\.\\S+)": \\{|Represents a \\{@link \\S+/docs/(resources|data-sources)/\\S+ (\\w+)\\}`,
    'g',
  );

/**
 * What a provider accepts, by its own published types. That of AWS has 131 MB, so it stays text and only the types that are
 * asked for are parsed.
 */
export class ProviderAssembly {
  private static readonly read = new Map<string, ProviderAssembly>();

  /** The types of a provider by its name in Terraform, or undefined if it is none of ours. */
  static of(name: string): ProviderAssembly | undefined {
    const provider = PROVIDERS.find((known) => known.name === name);
    if (provider === undefined) return undefined;
    const assembly = ProviderAssembly.read.get(name) ?? new ProviderAssembly(provider);
    ProviderAssembly.read.set(name, assembly);
    return assembly;
  }

  /** What a resource or data source takes and exports, or undefined if its provider has none of that type. */
  static schema(kind: BlockKind, type: string): BlockSchema | undefined {
    return ProviderAssembly.of(type.split('_')[0] ?? '')?.schema(kind, type);
  }

  private readonly text: string;
  /** Where each type starts, by its name. */
  private readonly starts = new Map<string, number>();
  /** The class of each resource and data source, by `kind type`. */
  private readonly classes = new Map<string, string>();
  private readonly members = new Map<string, Arguments>();

  private constructor(private readonly of: Provider) {
    this.text = readFileSync(join(dirname(require.resolve(`${of.package}/package.json`)), '.jsii'), 'latin1');
    let current = '';
    for (const found of this.text.matchAll(typeOrResource(of.package))) {
      const [, name, kind, type] = found;
      if (name === undefined) this.classes.set(`${kind === 'resources' ? 'resource' : 'data'} ${type}`, current);
      else this.starts.set(name, found.index);
      current = name ?? current;
    }
    if (this.classes.size < of.resources)
      throw new Error(`found only ${this.classes.size} resources in the provider's types`);
  }

  /** What a resource or data source of that type takes and exports, or undefined if the provider has none. */
  schema(kind: BlockKind, type: string): BlockSchema | undefined {
    const name = this.classes.get(`${kind} ${type}`);
    return name === undefined ? undefined : this.block(this.parse(name));
  }

  /** Arguments of the provider block itself. */
  provider(): Arguments {
    return this.block(this.parse(`${this.of.package}.provider.${this.of.class}`)).arguments;
  }

  private block({ initializer, properties = [] }: JsiiClass): BlockSchema {
    const config = initializer?.parameters.find(({ name }) => name === 'config')?.type.fqn;
    if (config === undefined) throw new Error('a class of the provider takes no config');
    const attributes = new Set(properties.map(({ name }) => folded(name)));
    return { arguments: this.argumentsOf(config), exports: (attribute) => attributes.has(folded(attribute)) };
  }

  private argumentsOf(fqn: string): Arguments {
    const known = this.members.get(fqn);
    if (known !== undefined) return known;
    const { properties = [] } = this.parse(fqn);
    const members = new Map(
      properties.map((property) => [
        argumentName(property),
        {
          required: property.optional !== true,
          block: / block\.$/.test(property.docs?.summary ?? ''),
          type: this.valueType(property.type),
        },
      ]),
    );
    this.members.set(fqn, members);
    return members;
  }

  private valueType({ primitive, fqn, collection, union }: JsiiType): ValueType {
    if (primitive === 'string' || primitive === 'number' || primitive === 'boolean') return { kind: primitive };
    if (collection !== undefined) {
      return { kind: collection.kind === 'array' ? 'list' : 'map', of: this.valueType(collection.elementtype) };
    }
    if (fqn?.startsWith(this.of.package)) return { kind: 'object', members: () => this.argumentsOf(fqn) };
    const literal = union?.types.find((type) => type.fqn === undefined || type.fqn.startsWith(this.of.package));
    return literal === undefined ? { kind: 'any' } : this.valueType(literal);
  }

  private parse(name: string): JsiiClass {
    const start = this.starts.get(name);
    if (start === undefined) throw new Error(`the provider's types have no ${name}`);
    const [type = {}] = Object.values<JsiiClass>(
      JSON.parse(`{${this.text.slice(start, this.text.indexOf(TYPE_ENDS, start))}}}`),
    );
    return type;
  }
}
