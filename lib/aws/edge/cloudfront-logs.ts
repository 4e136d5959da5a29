import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery';
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination';
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source';
import { Construct } from 'constructs';
import type { CloudFrontPlan } from './cloudfront-props';

/** CloudFront hands its logs out there. */
const region = 'us-east-1';

/** Each request of a distribution as a line of JSON in a bucket, below account, distribution and day. */
export class CloudFrontLogs extends Construct {
  /** Makes source, destination and the delivery between them; checks nothing. */
  constructor(scope: Construct, id: string, { name, logs }: CloudFrontPlan, distributionArn: string) {
    super(scope, id);
    const source = new CloudwatchLogDeliverySource(this, 'Source', {
      region,
      name: `${name}-cloudfront`,
      logType: 'ACCESS_LOGS',
      resourceArn: distributionArn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, 'Destination', {
      region,
      name: `${name}-cloudfront`,
      outputFormat: 'json',
      deliveryDestinationConfiguration: [{ destinationResourceArn: logs.bucketArn }],
      ...(logs.after && { dependsOn: [...logs.after] }),
    });
    new CloudwatchLogDelivery(this, 'Resource', {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      s3DeliveryConfiguration: [{ suffixPath: '/{DistributionId}/{yyyy}/{MM}/{dd}', enableHiveCompatiblePath: false }],
    });
  }
}
