import { ref, TerraformElement, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';

const TYPE = 'random_password';

/**
 * The first releases with an ephemeral `random_password` are 3.7.0 and 3.7.1; 3.7.2 only renews what they are built from.
 * Later ones, up to 3.9.0, add nothing that is used here.
 */
const RANDOM = '3.7.2';

/** Letters and digits only: nothing to escape in a URL, a shell or a `.pgpass`. 40 of them hold 238 bits. */
const SHAPE = { length: 40, special: false } as const;

/**
 * A password that exists only while Terraform runs: it is in no plan and no state, and may go only into write-only
 * arguments.
 * Every run draws another one, so that whoever is given it must have a version that says when to take it.
 * Asks for Terraform (or OpenTofu) 1.11 and the `random` provider in the stack it is used in. That provider sees every password
 * in the clear, so that its version is exact: no release comes in by itself, not even where no lock file is kept.
 *
 * @example
 * const password = new EphemeralPassword(stack, 'Password');
 * new SecretsmanagerSecretVersion(stack, 'Content', {
 *   secretId: 'acgs/production/cache',
 *   secretStringWo: password.result,
 *   secretStringWoVersion: 1,
 * });
 */
export class EphemeralPassword extends TerraformElement {
  /** Declares a password of 40 letters and digits; each run draws its own. */
  constructor(scope: Construct, id: string) {
    super(scope, id, `ephemeral.${TYPE}`);
  }

  /** A reference to the password. */
  get result(): string {
    return Token.asString(ref(`ephemeral.${TYPE}.${this.friendlyUniqueId}.result`, TerraformStack.of(this)));
  }

  /** Called by CDKTF, which has no class for `ephemeral` blocks. Takes overrides as any element does. */
  override toTerraform(): object {
    return {
      terraform: {
        required_version: '>= 1.11.0',
        required_providers: { random: { source: 'hashicorp/random', version: RANDOM } },
      },
      ephemeral: { [TYPE]: { [this.friendlyUniqueId]: { ...SHAPE, ...this.rawOverrides } } },
    };
  }
}
