/** One step: what to do and, if a program does it, how. */
export interface RecoveryStep {
  /** What is done, and why or how to see that it worked. */
  readonly what: string;
  /** Lines for a shell. @default - people do it */
  readonly run?: readonly string[];
}

function numbered({ what, run = [] }: RecoveryStep, index: number): string {
  const text = `${index + 1}. ${what}`;
  if (run.length === 0) return text;
  const inside = ' '.repeat(`${index + 1}. `.length);
  return [text, '', ...['```sh', ...run, '```'].map((line) => `${inside}${line}`), ''].join('\n');
}

/** A section with numbered steps. */
export const recoverySection = (title: string, about: string, steps: readonly RecoveryStep[]): string =>
  [`## ${title}`, '', about, '', ...steps.map(numbered), ''].join('\n');

/** A command of the AWS command line, in the region that it is about. */
export const awsIn = (region: string, command: string): string => `aws ${command} --region ${region}`;

/** Something that AWS knows, kept under a name for the lines that follow. */
export const keep = (name: string, region: string, command: string, query: string): string =>
  `${name}=$(${awsIn(region, `${command} --query '${query}' --output text`)})`;

/** Waits until an instance can be used. */
export const awaitInstance = (identifier: string, region: string): string =>
  awsIn(region, `rds wait db-instance-available --db-instance-identifier ${identifier}`);

/** State and zone of an instance, and what it follows; `None` if nothing. */
export const showInstance = (identifier: string, region: string): string =>
  awsIn(
    region,
    `rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].[DBInstanceStatus,AvailabilityZone,ReadReplicaSourceDBInstanceIdentifier]' --output text`,
  );

/** Date, ARN and state of the newest backup in a vault. */
export const showNewest = (vault: string, region: string): string =>
  awsIn(
    region,
    `backup list-recovery-points-by-backup-vault --backup-vault-name ${vault} --query 'sort_by(RecoveryPoints,&CreationDate)[-1].[CreationDate,RecoveryPointArn,Status]' --output text`,
  );

/** Network and parameters of an instance, which RDS does not take over into one that it restores. */
export function keepSurroundings(identifier: string, region: string): string[] {
  const command = `rds describe-db-instances --db-instance-identifier ${identifier}`;
  return [
    keep('SUBNET_GROUP', region, command, 'DBInstances[0].DBSubnetGroup.DBSubnetGroupName'),
    keep('SECURITY_GROUPS', region, command, 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId'),
    keep('PARAMETER_GROUP', region, command, 'DBInstances[0].DBParameterGroups[0].DBParameterGroupName'),
  ];
}

/** The same, as arguments of a restore; security groups are several words. */
export const SURROUNDINGS =
  '--db-subnet-group-name "$SUBNET_GROUP" --vpc-security-group-ids $SECURITY_GROUPS --db-parameter-group-name "$PARAMETER_GROUP" --no-publicly-accessible';

/** The same where no instance stands to take them from. */
export const GIVEN_SURROUNDINGS: readonly string[] = [
  "SUBNET_GROUP='<that of the network just deployed>'",
  "SECURITY_GROUPS='<those that its cluster is let in by>'",
  "PARAMETER_GROUP='<one with the parameters of the declaration>'",
];

/** Restores an instance under another name in its own region, and waits for it; `moment` says as of when. */
export const restoreBeside = (database: string, target: string, region: string, moment: string): string[] => [
  awsIn(
    region,
    `rds restore-db-instance-to-point-in-time --source-db-instance-identifier ${database} --target-db-instance-identifier ${target} ${moment} ${SURROUNDINGS}`,
  ),
  awaitInstance(target, region),
];
