/** Where Terraform keeps the state of stacks. */
export type StateBackend =
  /** Files in `state/`, two folders above the Terraform output (`dist/terraform`): for one person trying things out. */
  | { readonly kind: 'local' }
  /** A versioned, encrypted bucket with native locking (Terraform 1.10 or later), and the alias of its key without `alias/`. */
  | { readonly kind: 's3'; readonly bucket: string; readonly region: string; readonly kmsKeyAlias?: string };
