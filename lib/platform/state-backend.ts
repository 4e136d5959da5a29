import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { StateBackend } from '../model';

/** From `dist/terraform/stacks/<stack>`, where Terraform runs, to the folder that holds `dist`. */
const PROJECT_ROOT = '../../../..';

/** Gives a stack an explicit place for its state; cdktf's own default would write this machine's path into the output. */
export function attachStateBackend(stack: TerraformStack, name: string, state: StateBackend): void {
  if (state.kind === 'local') {
    new LocalBackend(stack, { path: `${PROJECT_ROOT}/state/${name}.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: state.bucket,
    region: state.region,
    key: `${name}.tfstate`,
    encrypt: true,
    ...(state.kmsKeyAlias === undefined ? {} : { kmsKeyId: `alias/${state.kmsKeyAlias}` }),
  });
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
