import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { textAt } from '../members';
import { type CloudNames, cloudNames } from '../network/cloud-names';
import { repositoriesOf } from '../network/repositories';
import type { Evidence, Rule, Verdict } from '../rule';
import { objectName } from '../source';
import { unknown } from './compared';

/** Names of the other plane that objects of Kubernetes use. */
export const cloudNamesAreDefined: Rule = {
  id: 'cloud-names-are-defined',
  severity: 'error',
  protects:
    'a binding that registers no targets, a role that nobody can assume, a volume that is not created, an image that is not found',
  formula:
    'each target group of a binding, role of a ServiceAccount, key alias of a StorageClass and image repository of the registry that Terraform fills is made there once',
  source:
    'AWS Load Balancer Controller, "TargetGroupBinding"; EKS user guide, "IAM roles for service accounts"; EBS CSI driver, parameters; ECR user guide',
  scenarios: ['ordinary'],
  judge: (facts) => [...used(facts).map((use) => verdictOn(use)), ...repositoriesOf(facts)],
};

/** A name, what it is of, and everything of that type. */
interface Use {
  readonly subject: string;
  readonly what: string;
  readonly name: string;
  readonly evidence: Evidence;
  readonly known: CloudNames;
}

const TARGET_GROUP = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:targetgroup\/([^/]+)\//;
const ROLE = /^arn:[^:]+:iam::\d*:role\/(?:.*\/)?([^/]+)$/;
const ALIAS = /(?:^|:)(alias\/.+)$/;

/** Roles that pods may take are told apart from all others by whom they trust. */
const WEB_IDENTITY = /AssumeRoleWithWebIdentity/;

function used(facts: Facts): Use[] {
  const groups = cloudNames(facts.blocks, 'aws_lb_target_group');
  const aliases = cloudNames(facts.blocks, 'aws_kms_alias');
  const roles = cloudNames(
    facts.blocks.some(({ value }) => WEB_IDENTITY.test(textAt(value, 'assume_role_policy') ?? '')) ||
      facts.blocks.some(({ type }) => type === 'aws_iam_openid_connect_provider')
      ? facts.blocks
      : [],
    'aws_iam_role',
  );
  return facts.objects.flatMap((object): Use[] => {
    const use = (what: string, name: string | undefined, known: CloudNames, field: string): Use[] =>
      name === undefined || name.includes('${')
        ? []
        : [{ subject: objectName(object), what, name, known, evidence: evidenceIn(object, field) }];
    switch (object.kind) {
      case 'TargetGroupBinding': {
        const arn = textAt(object.value, 'spec', 'targetGroupARN');
        if (arn !== undefined) return use('target group', TARGET_GROUP.exec(arn)?.[1], groups, '/spec/targetGroupARN');
        return use('target group', textAt(object.value, 'spec', 'targetGroupName'), groups, '/spec/targetGroupName');
      }
      case 'ServiceAccount': {
        const arn = textAt(object.value, 'metadata', 'annotations', 'eks.amazonaws.com/role-arn') ?? '';
        return use('role', ROLE.exec(arn)?.[1], roles, '/metadata/annotations/eks.amazonaws.com~1role-arn');
      }
      case 'StorageClass': {
        const key = textAt(object.value, 'parameters', 'kmsKeyId') ?? '';
        return use('key', ALIAS.exec(key)?.[1], aliases, '/parameters/kmsKeyId');
      }
      default:
        return [];
    }
  });
}

function verdictOn({ subject, what, name, evidence, known }: Use): Verdict {
  if (known.blocks.length === 0) return unknown(subject, `the Terraform that makes the ${what} ${name}`);
  const [found, other] = known.named(name);
  if (found !== undefined && other !== undefined && other.stack === found.stack && known.names.includes(name)) {
    const arithmetic = `${what} ${name} is made by ${found.name} and ${other.name}`;
    return { outcome: 'broken', subject, evidence: [evidence], arithmetic, remedy: 'keep one of them' };
  }
  if (found !== undefined)
    return {
      outcome: 'holds',
      subject,
      evidence: [evidence, evidenceIn(found, '/name')],
      arithmetic: `${what} ${name} is made by Terraform`,
    };
  return {
    outcome: 'broken',
    subject,
    evidence: [evidence],
    arithmetic: `nothing makes the ${what} ${name}; Terraform makes ${known.names.slice(0, 4).join(', ') || 'others'}`,
    remedy: `name one of those, or make ${name}`,
  };
}
