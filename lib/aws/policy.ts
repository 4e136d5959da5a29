/** One statement of an IAM or resource policy. */
export interface Statement {
  /** Letters and digits, unique in its document. */
  readonly sid: string;
  /** `Deny` wins over every `Allow`, wherever that stands. @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  /** Actions such as `s3:GetObject`; `*` stands for any characters. */
  readonly actions: readonly string[];
  /** ARNs, with `*` and `?` as wildcards. @default - none, for trust policies */
  readonly resources?: readonly string[];
  /** Who may; left out in identity policies. */
  readonly principals?: Readonly<Partial<Record<'AWS' | 'Service' | 'Federated', readonly string[]>>>;
  /** By operator, then by key: `{ Bool: { 'aws:SecureTransport': 'true' } }`. All must hold. @default - none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The JSON of a policy document, with members in a fixed order. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect, actions, resources, principals, conditions }) => ({
      Sid: sid,
      Effect: effect ?? 'Allow',
      ...(principals && { Principal: principals }),
      Action: actions,
      ...(resources && { Resource: resources }),
      ...(conditions && { Condition: conditions }),
    })),
  });
}
