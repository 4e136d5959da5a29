import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { type App, Aspects, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';
import { buildStacks } from '../../../lib/platform/environment-stacks';
import { ResolvedOnceStack } from '../../../lib/platform/output/resolved-once-stack';
import { PLATFORMS } from '../../support/platforms';

/** As text, since what is written is text. */
const text = (stack: unknown): string => JSON.stringify(stack, null, 2);

/** What the class that ours extends makes of a stack. */
const stock = (stack: TerraformStack): string => text(TerraformStack.prototype.toTerraform.call(stack));

const ours = (stack: TerraformStack): string => text(stack.toTerraform());

test('every stack is what cdktf makes of it, key by key', () => {
  const all = Testing.app();
  for (const platform of PLATFORMS) buildStacks(all, platform);
  all.synth();
  const stacks = all.node.children.filter(TerraformStack.isStack);
  expect(stacks.length).toBeGreaterThan(30);
  for (const stack of stacks) {
    expect(stack).toBeInstanceOf(ResolvedOnceStack);
    expect(ours(stack)).toBe(stock(stack));
  }
});

/** Two stacks, of which the later refers to the earlier, with what nothing of ours emits. */
function two(Stack: typeof TerraformStack): { readonly all: App; readonly stacks: readonly TerraformStack[] } {
  const all = Testing.app();
  const earlier = new Stack(all, 'earlier');
  const bucket = new S3Bucket(earlier, 'Logs', { bucketPrefix: 'logs-', tags: { note: '"quoted" \\ $' } });
  bucket.addOverride('lifecycle', { prevent_destroy: true });
  const later = new Stack(all, 'later');
  new TerraformOutput(later, 'Name', { value: `name ${bucket.bucket}`, sensitive: true });
  new S3Bucket(later, 'Copy', { bucket: bucket.bucket, dependsOn: [new S3Bucket(later, 'First', {})] });
  later.addOverride('terraform.required_version', '>= 1.11.0');
  new S3Bucket(new Stack(later, 'within'), 'Own', {});
  return { all, stacks: [earlier, later] };
}

test('references, overrides, outputs and a stack within a stack come out alike', () => {
  const { stacks } = two(ResolvedOnceStack);
  const other = two(TerraformStack);
  for (const stack of [...stacks, ...other.stacks]) stack.prepareStack();
  expect(stacks.map(ours)).toEqual(other.stacks.map(ours));
  expect(stacks.map(ours)).toEqual(stacks.map(stock));
  expect(stacks.map(ours).join()).toContain('terraform_remote_state');
});

test('what an aspect changes is in the output, in a stack within its stack too', () => {
  const { all, stacks } = two(ResolvedOnceStack);
  const visit = (construct: IConstruct): void => {
    if (construct instanceof S3Bucket) construct.forceDestroy = true;
  };
  for (const stack of stacks) Aspects.of(stack).add({ visit });
  const every = all.node.findAll().filter(TerraformStack.isStack);
  for (const stack of every) new AwsProvider(stack, 'Aws');
  all.synth();
  expect(every.map((stack) => ours(stack).match(/"force_destroy": true/g)?.length)).toEqual([1, 2, 1]);
});
