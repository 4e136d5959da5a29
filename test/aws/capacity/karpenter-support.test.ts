import { InterruptionQueue } from '../../../lib/aws/capacity/interruption-queue';
import { karpenterStatements } from '../../../lib/aws/capacity/karpenter-statements';
import {
  KARPENTER_SUPPORT_CHECKS,
  KarpenterSupport,
  type KarpenterSupportProps,
} from '../../../lib/aws/capacity/karpenter-support';
import { policyDocument, type Statement } from '../../../lib/aws/policy';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const synth = (overrides: Partial<KarpenterSupportProps> = {}): Block =>
  terraform((stack) => {
    new KarpenterSupport(stack, 'Karpenter', { name: 'acgs', ...overrides });
  });

const withKeys = (): Block =>
  terraform((stack) => {
    const queueKey = new EncryptionKey(stack, 'QueueKey', { alias: 'q', description: 'Notices', users: ['events'] });
    const rootVolumeKey = new EncryptionKey(stack, 'VolumeKey', { alias: 'v', description: 'Volumes' });
    new KarpenterSupport(stack, 'Karpenter', { name: 'acgs', queueKey, rootVolumeKey });
  });

/** Rights as they would be applied in one account. */
const account = {
  partition: 'aws',
  region: 'us-west-2',
  arn: (service: string, resource: string) => `arn:aws:${service}:us-west-2:123456789012:${resource}`,
};

const rights = (overrides: object = {}): Statement[] =>
  karpenterStatements({
    cluster: 'acgs',
    account,
    nodeRoleArn: 'arn:aws:iam::123456789012:role/nodes',
    queueArn: 'arn:aws:sqs:us-west-2:123456789012:acgs-karpenter',
    ...overrides,
  });

const bySid = (sid: string, statements = rights()): Statement | undefined =>
  statements.find((statement) => statement.sid === sid);

describe('KarpenterSupport', () => {
  test('what manifests spell has a name from the start', () => {
    terraform((stack) => {
      const { queueName, instanceProfile } = new KarpenterSupport(stack, 'Karpenter', { name: 'acgs' });
      expect([queueName, instanceProfile]).toEqual(['acgs-karpenter', 'acgs-karpenter-node']);
    });
    expect(onlyResource(synth(), 'aws_sqs_queue').name).toBe('acgs-karpenter');
    expect(onlyResource(synth(), 'aws_iam_instance_profile').name).toBe('acgs-karpenter-node');
  });

  test('the controller has its rights by the service account of the chart', () => {
    expect(onlyResource(synth(), 'aws_eks_pod_identity_association')).toMatchObject({
      cluster_name: 'acgs',
      namespace: 'kube-system',
      service_account: 'karpenter',
    });
  });

  test('nodes that it makes may join', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_eks_access_entry')).toMatchObject({ cluster_name: 'acgs', type: 'EC2_LINUX' });
    const policies = resources(json, 'aws_iam_role_policy_attachment').map(({ policy_arn: arn }) =>
      arn.split('/').at(-1),
    );
    expect(policies.sort()).toEqual(['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy']);
    const sessions = resources(synth({ nodeSessions: true }), 'aws_iam_role_policy_attachment');
    expect(sessions.map(({ policy_arn: arn }) => arn.split('/').at(-1))).toContain('AmazonSSMManagedInstanceCore');
  });

  test('a reference orders it after the cluster, and tags keep the literal', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as Terraform writes it
    const json = synth({ clusterName: '${aws_eks_cluster.this.name}' });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as Terraform writes it
    expect(onlyResource(json, 'aws_eks_access_entry').cluster_name).toBe('${aws_eks_cluster.this.name}');
    const [policy] = resources(json, 'aws_iam_role_policy');
    expect(policy.policy).toContain('aws:ResourceTag/kubernetes.io/cluster/acgs');
  });

  test('breaks no rule of hardening', () => {
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
    expect(brokenAwsRules('test', withKeys(), AWS_RULES)).toEqual([]);
  });
});

describe('the queue', () => {
  test('keeps notices for five minutes, encrypted', () => {
    const queue = onlyResource(synth(), 'aws_sqs_queue');
    expect(queue).toMatchObject({ message_retention_seconds: 300, sqs_managed_sse_enabled: true });
    expect(queue).not.toHaveProperty('kms_master_key_id');
  });

  test('takes a key instead', () => {
    const queue = onlyResource(withKeys(), 'aws_sqs_queue');
    expect(queue.kms_master_key_id).toMatch(/^\$\{aws_kms_key\./);
    expect(queue).not.toHaveProperty('sqs_managed_sse_enabled');
  });

  test('hears of every way in which a node goes', () => {
    const patterns = resources(synth(), 'aws_cloudwatch_event_rule').map(({ event_pattern }) => {
      const { source, 'detail-type': detail } = JSON.parse(event_pattern);
      return `${source}: ${detail}`;
    });
    expect(patterns.sort()).toEqual([
      'aws.ec2: EC2 Capacity Reservation Instance Interruption Warning',
      'aws.ec2: EC2 Instance Rebalance Recommendation',
      'aws.ec2: EC2 Instance State-change Notification',
      'aws.ec2: EC2 Spot Instance Interruption Warning',
      'aws.health: AWS Health Event',
    ]);
  });

  test('each rule ends in the queue, once that lets it in', () => {
    const json = synth();
    const targets = resources(json, 'aws_cloudwatch_event_target');
    expect(targets).toHaveLength(5);
    expect(new Set(targets.map(({ rule }) => rule)).size).toBe(5);
    expect(targets.every(({ depends_on: after }) => /^aws_sqs_queue_policy\./.test(after[0]))).toBe(true);
  });

  test('lets in its own rules alone, over TLS alone', () => {
    const json = synth();
    const { policy } = onlyResource(json, 'aws_sqs_queue_policy');
    const [allow, deny] = JSON.parse(policy).Statement;
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com'] },
      Action: ['sqs:SendMessage'],
    });
    expect(allow.Condition.ArnEquals['aws:SourceArn']).toHaveLength(5);
    expect(deny).toMatchObject({
      Effect: 'Deny',
      Action: ['sqs:*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('stands alone', () => {
    const json = terraform((stack) => {
      new InterruptionQueue(stack, 'Queue', { name: 'other' });
    });
    expect(onlyResource(json, 'aws_sqs_queue').name).toBe('other');
  });
});

describe('rights of the controller', () => {
  test.each([
    { sid: 'StartFromOwnTemplates', kind: 'Resource' },
    { sid: 'NameOwnInstances', kind: 'Resource' },
    { sid: 'EndOwn', kind: 'Resource' },
    { sid: 'MakeMarked', kind: 'Request' },
    { sid: 'MarkWhatIsMade', kind: 'Request' },
  ])('$sid is for what carries the mark of the cluster', ({ sid, kind }) => {
    expect(bySid(sid)?.conditions).toMatchObject({
      StringEquals: { [`aws:${kind}Tag/kubernetes.io/cluster/acgs`]: 'owned' },
      StringLike: { [`aws:${kind}Tag/karpenter.sh/nodepool`]: '*' },
    });
  });

  test('nothing but reading is allowed without a condition or a narrow resource', () => {
    const wide = rights().filter(({ resources: on = [], conditions }) => on.includes('*') && conditions === undefined);
    expect(wide.flatMap(({ actions }) => actions)).toEqual(['pricing:GetProducts', 'iam:ListInstanceProfiles']);
  });

  test('new things are marked with the cluster as EKS does', () => {
    expect(bySid('MakeMarked')?.conditions?.StringEquals).toMatchObject({
      'aws:RequestTag/eks:eks-cluster-name': 'acgs',
    });
    expect(bySid('EndOwn')?.conditions?.StringEquals).not.toHaveProperty('aws:RequestTag/eks:eks-cluster-name');
  });

  test('tags are set as things are made, and never claimed', () => {
    expect(bySid('MarkWhatIsMade')?.conditions?.StringEquals).toMatchObject({
      'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'],
    });
    expect(bySid('NameOwnInstances')?.conditions?.['ForAllValues:StringEquals']).toEqual({
      'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'],
    });
  });

  test('it hands out one role, to EC2', () => {
    expect(bySid('HandRoleToNodes')).toMatchObject({
      resources: ['arn:aws:iam::123456789012:role/nodes'],
      conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
    });
  });

  test('it makes no instance profiles and no roles', () => {
    expect(
      rights()
        .flatMap(({ actions }) => actions)
        .filter((action) => /^iam:(?!PassRole|List)/.test(action)),
    ).toEqual([]);
  });

  test('images and snapshots belong to no account', () => {
    expect(bySid('StartFromWhatIsThere')?.resources?.slice(0, 3)).toEqual([
      'arn:aws:ec2:us-west-2::image/*',
      'arn:aws:ec2:us-west-2::snapshot/*',
      'arn:aws:ec2:us-west-2:*:security-group/*',
    ]);
  });

  test('keys are used through EC2 only, and only where there are some', () => {
    expect(
      rights()
        .flatMap(({ actions }) => actions)
        .filter((action) => action.startsWith('kms:')),
    ).toEqual([]);
    const keyed = rights({ volumeKeyArn: 'arn:aws:kms:us-west-2:123456789012:key/v', queueKeyArn: 'arn:q' });
    expect(bySid('LendTheKeyToVolumes', keyed)?.conditions).toEqual({
      StringEquals: { 'kms:ViaService': 'ec2.us-west-2.amazonaws.com' },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
    expect(bySid('EncryptVolumes', keyed)?.conditions).toEqual({
      StringEquals: { 'kms:ViaService': 'ec2.us-west-2.amazonaws.com' },
    });
    expect(bySid('DecryptNotices', keyed)).toMatchObject({ actions: ['kms:Decrypt'], resources: ['arn:q'] });
  });

  test('both keys reach the policy of the controller', () => {
    const [policy] = resources(withKeys(), 'aws_iam_role_policy');
    expect(policy.policy).toContain('LendTheKeyToVolumes');
    expect(policy.policy).toContain('DecryptNotices');
  });

  test('they fit into the inline policies of one role', () => {
    const statements = rights({
      cluster: 'c'.repeat(60),
      volumeKeyArn: `arn:${'v'.repeat(80)}`,
      queueKeyArn: `arn:${'q'.repeat(80)}`,
    });
    expect(policyDocument(statements).replace(/\s/g, '').length).toBeLessThan(10_240);
  });
});

const broken: readonly (readonly [string, Partial<KarpenterSupportProps>])[] = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what an unresolved reference looks like
  ['karpenter-cluster-is-a-literal', { name: '${TfToken[TOKEN.1]}' }],
  ['karpenter-cluster-is-a-literal', { name: 'a'.repeat(61) }],
  ['karpenter-owns-its-nodes-alone', { autoscaler: 'cluster-autoscaler' }],
  ['karpenter-owns-its-nodes-alone', { autoscaler: 'none' }],
];

describe('checks', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(KarpenterSupport.inspect('test', { name: 'acgs', ...given }))).toEqual([check]);
    expect(refused(() => synth(given))).toEqual([check]);
  });

  test('the longest name is fine', () => {
    expect(KarpenterSupport.inspect('test', { name: 'a'.repeat(60), autoscaler: 'karpenter' })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(KARPENTER_SUPPORT_CHECKS));
  });
});
