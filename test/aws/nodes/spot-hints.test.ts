import { NodeGroup } from '../../../lib/aws/nodes/node-group';
import type { CapacityType } from '../../../lib/model';
import { resources, terraform } from '../../support/terraform';

const KEY = 'k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType';

/** Tags of the Auto Scaling group of nodes that are bought so, by key. */
const hints = (capacity: CapacityType): Record<string, string> => {
  const json = terraform((stack) => {
    new NodeGroup(stack, 'Spot', {
      cluster: { name: 'acgs', version: '1.35', securityGroupId: 'sg-1', nodeRoleArn: 'arn:aws:iam::1:role/nodes' },
      subnetIds: ['subnet-a'],
      zoneNames: ['us-west-2a'],
      name: 'spot',
      instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'],
      capacity,
      min: 0,
      max: 26,
      desired: 6,
    });
  });
  return Object.fromEntries(
    resources(json, 'aws_autoscaling_group_tag').map(({ tag }) => [tag.key, tag.value as string]),
  );
};

test('what asks for spot can bring up the first node', () => {
  expect(hints('spot')).toMatchObject({ [KEY]: 'SPOT' });
});

test('groups on demand have the hints they always had', () => {
  const { [KEY]: _spot, ...others } = hints('spot');
  expect(hints('on-demand')).toEqual(others);
});
