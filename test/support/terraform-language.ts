import type { Argument, Arguments, ValueType } from './provider-assembly';

/** What Terraform itself, its backends and the one other provider take. Kept by hand: only what we emit. */
const string: ValueType = { kind: 'string' };
const number: ValueType = { kind: 'number' };
const boolean: ValueType = { kind: 'boolean' };
const any: ValueType = { kind: 'any' };
const list = (of: ValueType): ValueType => ({ kind: 'list', of });
const object = (members: Arguments): ValueType => ({ kind: 'object', members: () => members });

type Table = Readonly<Record<string, ValueType>>;

function table(required: Table, optional: Table = {}): Arguments {
  const rows = (part: Table, isRequired: boolean) =>
    Object.entries(part).map(([name, type]): [string, Argument] => [
      name,
      { required: isRequired, block: false, type },
    ]);
  return new Map([...rows(required, true), ...rows(optional, false)]);
}

const CONDITION = table({ condition: string, error_message: string });

const LIFECYCLE = table(
  {},
  {
    create_before_destroy: boolean,
    prevent_destroy: boolean,
    ignore_changes: any,
    replace_triggered_by: list(string),
    precondition: list(object(CONDITION)),
    postcondition: list(object(CONDITION)),
  },
);

/** Arguments that every resource, data source and ephemeral resource takes. */
export const META_ARGUMENTS = table(
  {},
  { depends_on: list(string), count: number, for_each: any, provider: string, lifecycle: object(LIFECYCLE) },
);

export const OUTPUT = table(
  { value: any },
  { description: string, sensitive: boolean, ephemeral: boolean, depends_on: list(string) },
);

export const VARIABLE = table(
  {},
  { type: string, default: any, description: string, nullable: boolean, sensitive: boolean, ephemeral: boolean },
);

export const MOVED = table({ from: string, to: string });

export const REQUIRED_PROVIDER = table({ source: string, version: string });

export const BACKENDS: Readonly<Record<string, Arguments>> = {
  local: table({ path: string }, { workspace_dir: string }),
  s3: table(
    { bucket: string, key: string, region: string },
    {
      encrypt: boolean,
      use_lockfile: boolean,
      kms_key_id: string,
      allowed_account_ids: list(string),
      assume_role: object(table({ role_arn: string }, { session_name: string, external_id: string })),
    },
  ),
};

export const REMOTE_STATE = table({ backend: string, config: any }, { workspace: string, defaults: any });

/** What Terraform itself makes, by type. */
export const BUILT_IN: Readonly<Record<string, Arguments>> = {
  terraform_remote_state: REMOTE_STATE,
  terraform_data: table({}, { input: any, triggers_replace: any }),
};

/** Ephemeral resources, with what they take and what a reference may read. */
export const EPHEMERAL: Readonly<
  Record<string, { readonly arguments: Arguments; readonly exports: readonly string[] }>
> = {
  aws_secretsmanager_secret_version: {
    arguments: table({ secret_id: string }, { version_id: string, version_stage: string, region: string }),
    exports: ['arn', 'created_date', 'secret_binary', 'secret_string', 'version_id', 'version_stages'],
  },
  random_password: {
    arguments: table(
      { length: number },
      {
        lower: boolean,
        upper: boolean,
        numeric: boolean,
        special: boolean,
        min_lower: number,
        min_upper: number,
        min_numeric: number,
        min_special: number,
        override_special: string,
      },
    ),
    exports: ['result', 'bcrypt_hash'],
  },
};
