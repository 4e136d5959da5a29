import { TerraformOutput } from 'cdktf';
import { ACM_CERTIFICATE_CHECKS, Certificate, type CertificateProps } from '../../../lib/aws/edge/certificate';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { misspelt, unhardened } from './samples';

type Change = Partial<CertificateProps>;

const valid: CertificateProps = {
  names: ['acgs.example.com', '*.acgs.example.com'],
  zoneName: 'acgs.example.com',
  zoneId: 'Z0123456789ABCDEFGHIJ',
};

const synth = (change: Change = {}): Block =>
  terraform((stack) => new Certificate(stack, 'Certificate', { ...valid, ...change }));

describe('a certificate', () => {
  test('has the names and values of the provider, and is hardened', () => {
    expect(misspelt(synth())).toEqual([]);
    expect(misspelt(synth({ region: 'us-east-1' }))).toEqual([]);
    expect(unhardened(synth())).toEqual([]);
  });

  test('is for all names, public and replaced without a gap', () => {
    expect(onlyResource(synth(), 'aws_acm_certificate')).toEqual(
      expect.objectContaining({
        domain_name: 'acgs.example.com',
        subject_alternative_names: ['*.acgs.example.com'],
        validation_method: 'DNS',
        key_algorithm: 'EC_prime256v1',
        options: { certificate_transparency_logging_preference: 'ENABLED' },
        lifecycle: { create_before_destroy: true },
      }),
    );
  });

  test('proves each name in the zone, and waits for the proof', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_route53_record')).toMatchObject({
      // by the set itself: keys of a list made of it are unknown until the certificate is there, and Terraform refuses them
      for_each: expect.stringMatching(
        /^\$\{\{ for one in aws_acm_certificate\.\w+\.domain_validation_options : one\.domain_name => one \}\}$/,
      ),
      zone_id: valid.zoneId,
      name: expect.stringContaining('resource_record_name'),
      records: [expect.stringContaining('resource_record_value')],
      allow_overwrite: true,
    });
    const issued = onlyResource(json, 'aws_acm_certificate_validation');
    expect(issued.certificate_arn).toMatch(/^\$\{aws_acm_certificate\.\w+\.arn\}$/);
    expect(issued.validation_record_fqdns).toContain('aws_route53_record');
  });

  test('finds the proof that another region has made', () => {
    const json = synth({ records: 'existing', region: 'us-east-1' });
    expect(resources(json, 'aws_route53_record')).toEqual([]);
    expect(onlyResource(json, 'aws_acm_certificate').region).toBe('us-east-1');
    expect(onlyResource(json, 'aws_acm_certificate_validation')).toMatchObject({ region: 'us-east-1' });
    expect(onlyResource(json, 'aws_acm_certificate_validation')).not.toHaveProperty('validation_record_fqdns');
  });

  test('its ARN is there once it is issued', () => {
    const json = terraform((stack) => {
      new TerraformOutput(stack, 'Arn', { value: new Certificate(stack, 'Certificate', valid).arn });
    });
    const arn = json.output.Arn.value;
    expect(arn).toMatch(/^\$\{aws_acm_certificate_validation\./);
  });
});

const eleven = Array.from({ length: 11 }, (_, at) => `n${at}.acgs.example.com`);
const many = (count: number) => Array.from({ length: count }, (_, at) => `n${at}.acgs.example.com`);

const broken: [check: string, it: string, change: Change][] = [
  ['certificate-names-are-names', 'none', { names: [] }],
  ['certificate-names-are-names', 'a capital', { names: ['Acgs.example.com'], zoneName: 'Acgs.example.com' }],
  ['certificate-names-are-names', 'one label', { names: ['acgs'], zoneName: 'acgs' }],
  ['certificate-names-fit-the-quota', 'eleven', { names: eleven }],
  ['certificate-names-differ', 'one twice', { names: ['acgs.example.com', 'acgs.example.com'] }],
  ['certificate-names-lie-in-its-zone', 'another', { names: ['alfred.example.com'] }],
  ['certificate-names-lie-in-its-zone', 'only alike', { names: ['xacgs.example.com'] }],
  ['certificate-key-is-known', 'a long one', { keyAlgorithm: 'RSA_4096' as never }],
  ['certificate-region-is-a-region', 'a zone', { region: 'us-east-1a' }],
];

describe('each check', () => {
  const found = (change: Change) => ids(Certificate.inspect('edge', { ...valid, ...change }));

  test.each(broken)('%s: %s', (check, _, change) => {
    expect(found(change)).toEqual([check]);
  });

  test('101 names are too many', () => {
    expect(found({ names: many(101) })).toEqual(['certificate-names-are-names', 'certificate-names-fit-the-quota']);
    expect(found({ names: many(100) })).toEqual(['certificate-names-fit-the-quota']);
  });

  test('has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(ACM_CERTIFICATE_CHECKS));
  });

  test.each<[string, Change]>([
    ['the props as they are', {}],
    ['ten names', { names: many(10) }],
    ['names below', { names: ['a.b.acgs.example.com', '*.b.acgs.example.com'] }],
    ['an older key', { keyAlgorithm: 'RSA_2048' }],
    ['another region', { region: 'eu-central-1' }],
  ])('accepts %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test('nothing is made of what is wrong', () => {
    expect(refused(() => synth({ names: [] }))).toEqual(['certificate-names-are-names']);
  });
});
