import { Fn, propertyAccess, ref, TerraformElement, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';

const TYPE = 'aws_secretsmanager_secret_version';

/** A version of a secret whose content is JSON with a field `password`. */
export interface EphemeralSecretPasswordProps {
  /** Name or ARN of the secret. */
  readonly secretId: string;
  /** Which version: a reference to what wrote it, so that it is read only once it exists. */
  readonly versionId: string;
}

/**
 * The password of a secret, read while Terraform runs: it is in no plan and no state, and may go only into write-only
 * arguments. Unlike one that is drawn, it is the same in every run. Whoever plans or applies must be allowed to read the
 * secret. Asks for Terraform (or OpenTofu) 1.11.
 *
 * @example
 * const password = new EphemeralSecretPassword(stack, 'Known', {
 *   secretId: 'acgs/production/cache/auth/user',
 *   versionId: 'EXAMPLE1-90ab-cdef-fedc-ba987SECRET1',
 * });
 */
export class EphemeralSecretPassword extends TerraformElement {
  /** Declares that the version is read; each run reads it anew. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EphemeralSecretPasswordProps,
  ) {
    super(scope, id, `ephemeral.${TYPE}`);
  }

  /** A reference to the field `password`. */
  get result(): string {
    const content = ref(`ephemeral.${TYPE}.${this.friendlyUniqueId}.secret_string`, TerraformStack.of(this));
    return Token.asString(propertyAccess(Fn.jsondecode(Token.asString(content)), ['password']));
  }

  /** Called by CDKTF, which has no class for `ephemeral` blocks. Takes overrides as any element does. */
  override toTerraform(): object {
    const { secretId, versionId } = this.props;
    return {
      terraform: { required_version: '>= 1.11.0' },
      ephemeral: {
        [TYPE]: {
          [this.friendlyUniqueId]: { secret_id: secretId, version_id: versionId, ...this.rawOverrides },
        },
      },
    };
  }
}
