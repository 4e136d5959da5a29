import {
  Aspects,
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { deepMerge } from 'cdktf/lib/util';
import type { IConstruct } from 'constructs';
import { resolveTokens } from './resolve-tokens';

type Json = Record<string, unknown>;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * A stack whose elements are resolved once. `TerraformStack` resolves each of them to find references to other stacks, again
 * for the output, and then the output as a whole: a third of what synthesis takes. `docs/decisions/0013-resolved-once.md` has
 * the figures; a test compares every stack with what `TerraformStack` makes of it.
 */
export class ResolvedOnceStack extends TerraformStack {
  readonly #resolved = new Map<TerraformElement, Json>();

  /** Finds what refers to other stacks, and keeps what it resolved on the way. */
  override prepareStack(): void {
    this.ensureBackendExists();
    for (const element of elementsBelow(this)) this.#resolved.set(element, this.resolve(element.toTerraform(), true));
  }

  override toTerraform(): unknown {
    if (hasAspects(this)) return super.toTerraform();
    const elements = elementsBelow(this);
    const overrides = this.resolve(Reflect.get(this, 'rawOverrides'));
    const json: Json = {
      '//': { metadata: this.metadata(elements, Object.keys(overrides)), outputs: outputsOf(elements) },
    };
    // elements that other stacks added when they were prepared are not among the resolved ones
    for (const element of elements) deepMerge(json, this.#resolved.get(element) ?? this.resolve(element.toTerraform()));
    return deepMerge(json, overrides);
  }

  /** What cdktf-cli reads to know the stack. */
  private metadata(elements: readonly TerraformElement[], overrides: readonly string[]): Json {
    const metadata: Json = {
      version: this.node.tryGetContext('cdktfVersion'),
      stackName: this.node.id,
      backend: 'local',
      ...(overrides.length > 0 && { overrides: { stack: overrides } }),
    };
    for (const element of elements) deepMerge(metadata, this.resolve(element.toMetadata()));
    return metadata;
  }

  private resolve(json: Json, preparing = false): Json {
    const options = { scope: this, resolver: RESOLVER, preparing };
    return resolveTokens(json, (part) => Tokenization.resolve(part, options)) as Json;
  }
}

/** An aspect changes elements below what it was added to, after they were prepared. */
const hasAspects = (stack: IConstruct): boolean =>
  [...stack.node.scopes, ...stack.node.findAll()].some((construct) => Aspects.of(construct).all.length > 0);

/** Those of this stack: not of a stack within it. */
const elementsBelow = (construct: IConstruct): TerraformElement[] => [
  ...(TerraformElement.isTerraformElement(construct) ? [construct] : []),
  ...construct.node.children.filter((child) => !TerraformStack.isStack(child)).flatMap(elementsBelow),
];

/** Names of outputs by the path of the construct that each stands for, as a tree. */
function outputsOf(elements: readonly TerraformElement[]): Json {
  const outputs: Json = {};
  for (const output of elements.filter(TerraformOutput.isTerraformOutput)) {
    const path = output.node.path.split('/');
    deepMerge(
      outputs,
      path.reduceRight<unknown>((below, id) => ({ [id]: below }), output.friendlyUniqueId),
    );
  }
  return outputs;
}
