import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName, withDefaults } from '../../check';
import { AwsAccount } from '../aws-account';

/** A pipeline service whose jobs prove who they are. */
export interface CiProviderProps {
  /** Whose jobs. */
  readonly kind: 'github' | 'gitlab';
  /** Host that signs their tokens: one's own GitLab. @default - token.actions.githubusercontent.com, or gitlab.com */
  readonly host?: string;
  /** Whom tokens are for; the jobs ask for the same (1-255 characters). @default - sts.amazonaws.com; of GitLab https:// and the host */
  readonly audience?: string;
  /** Whether the account has the provider already: it can have one for each host. @default false */
  readonly exists?: boolean;
}

type Plan = Required<CiProviderProps>;

/** What is asked of host and audience. */
export const CI_PROVIDER_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'ci-provider-host-is-a-name',
    prop: 'host',
    holds: ({ host }) => isDnsName(host) && host.includes('.'),
    rule: 'must be a DNS name, without https:// and without a path',
    remedy: 'use the host of the issuer',
  },
  {
    id: 'ci-provider-audience-is-exact',
    prop: 'audience',
    holds: ({ audience }) => /^[\w:/.-]{1,255}$/.test(audience),
    rule: 'must be 1-255 letters, digits, and : / . _ or -',
    remedy: 'leave it out for the usual one',
  },
  {
    id: 'ci-provider-of-github-is-github',
    prop: 'host',
    severity: 'warning',
    holds: ({ kind, host }) => kind !== 'github' || host === GITHUB,
    rule: 'should be left out for GitHub: an Enterprise Server signs below a path, which is not supported',
    remedy: 'leave it out',
  },
];

const GITHUB = 'token.actions.githubusercontent.com';

function planned(props: CiProviderProps): Plan {
  const host = props.host ?? (props.kind === 'github' ? GITHUB : 'gitlab.com');
  const audience = props.kind === 'github' ? 'sts.amazonaws.com' : `https://${host}`;
  return withDefaults({ host, audience, exists: false }, props);
}

/**
 * Lets an account believe the tokens of a pipeline service, so that no pipeline holds a key. AWS checks the certificates of
 * both well-known hosts itself; for one's own GitLab it reads the thumbprint when the provider is made.
 *
 * **Destroy.** Every `CiRole` that trusts it stops working at once, the one that destroys it included: apply by hand.
 *
 * @example
 * const github = new CiProvider(stack, 'GitHub', { kind: 'github' });
 */
export class CiProvider extends Construct {
  /** What is wrong with host and audience; makes nothing. */
  static inspect(path: string, props: CiProviderProps): Finding[] {
    return inspect<Plan>(path, planned(props), CI_PROVIDER_CHECKS);
  }

  /** What trust policies name. */
  readonly arn: string;
  /** Whose tokens: decides how a job names itself. */
  readonly kind: CiProviderProps['kind'];
  /** Start of the condition keys about a token: `<host>:sub`. */
  readonly host: string;
  /** Whom the tokens are for. */
  readonly audience: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CiProviderProps) {
    super(scope, id);
    const { kind, host, audience, exists } = planned(props);
    enforce(this, CiProvider.inspect(this.node.path, props));

    this.kind = kind;
    this.host = host;
    this.audience = audience;
    this.arn = exists
      ? AwsAccount.of(this).globalArn('iam', `oidc-provider/${host}`)
      : new IamOpenidConnectProvider(this, 'Resource', { url: `https://${host}`, clientIdList: [audience] }).arn;
  }
}
