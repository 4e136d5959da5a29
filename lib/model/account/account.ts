import type { StateBackend } from '../state-backend';

/** An AWS account of a platform, made ready before any environment is. */
export interface AccountSpec {
  /** DNS label, unique in its platform: `production`. */
  readonly name: string;
  /** AWS account id (12 digits). Its environments are those with this id. */
  readonly id: string;
  /** Region that its stack is applied in. */
  readonly region: string;
  /** Where Terraform keeps what it knows of the account. */
  readonly state: StateBackend;
}
