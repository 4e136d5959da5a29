import { regionOfArn } from '../../../lib/ledger/promises/region';

test.each<[string, string | undefined]>([
  ['arn:aws:backup:us-east-1:111122223333:backup-vault:there', 'us-east-1'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  ['arn:${data.aws_partition.p.partition}:rds:us-gov-west-1:${local.a ? "1:2" : "3"}:db:main', 'us-gov-west-1'],
  ['arn:aws:iam::111122223333:role/backup', undefined],
  ['there', undefined],
  ['', undefined],
])('%s lies in %s', (arn, region) => {
  expect(regionOfArn(arn)).toBe(region);
});
