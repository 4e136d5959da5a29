import { differences } from './golden';
import { digest, Facts } from './golden-facts';
import { manifestLines } from './golden-manifests';
import { stackLines } from './golden-stacks';

const service = (overrides: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', namespace: 'shop', labels: { team: 'a' } },
  spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }], ...overrides },
});

const withoutDigest = (line = ''): string => line.replace(/ {2}~\w{8}$/, '');

describe('a digest', () => {
  test('depends on the content and not on the order of members', () => {
    expect(digest({ a: 1, b: [1, 2] })).toBe(digest({ b: [1, 2], a: 1 }));
    expect(digest({ b: [1, 2] })).not.toBe(digest({ b: [2, 1] }));
  });
});

describe('facts', () => {
  test('that are shown are no part of the digest', () => {
    const line = (size: number, rest: string) => new Facts({ size, rest }).showAll(['size']).line('Thing a');
    expect(withoutDigest(line(1, 'x'))).toBe('Thing a  size=1');
    expect(line(2, 'x').split('~')[1]).toBe(line(1, 'x').split('~')[1]);
    expect(line(1, 'y').split('~')[1]).not.toBe(line(1, 'x').split('~')[1]);
  });

  test('are found in lists, and in the one block of a list', () => {
    const body = { scaling: [{ min: 1 }], containers: [{ image: 'a' }, { image: 'b' }] };
    expect(withoutDigest(new Facts(body).showAll(['scaling.min', 'images=containers.*.image']).line('x'))).toBe(
      'x  min=1  images=a,b',
    );
  });

  test('that are not there are not shown, and false and 0 are', () => {
    const facts = new Facts({ off: false, none: 0, empty: '' });
    expect(withoutDigest(facts.showAll(['off', 'none', 'empty', 'missing.part']).line('x'))).toBe(
      'x  off=false  none=0',
    );
  });

  test('name what a reference refers to without the id that is a hash', () => {
    const facts = new Facts({ key: `\${aws_kms_key.Database-main_Key_CE40030D.arn}` });
    expect(withoutDigest(facts.showAll(['key']).line('x'))).toBe('x  key=<aws_kms_key.arn>');
  });
});

describe('lines of manifests', () => {
  test('a line names kind, namespace, name and what people review', () => {
    expect(manifestLines([service()]).map(withoutDigest)).toEqual([
      'Service shop/api  type=ClusterIP  ports=http:80:http',
    ]);
  });

  test.each([
    ['a port', { ports: [{ name: 'http', port: 81, targetPort: 'http', protocol: 'TCP' }] }],
    ['anything else', { sessionAffinity: 'ClientIP' }],
  ])('%s changes the line', (_it, overrides) => {
    expect(manifestLines([service(overrides)])).not.toEqual(manifestLines([service()]));
  });

  test('peers of a policy are counted by port', () => {
    const spec = {
      podSelector: {},
      ingress: [],
      egress: [
        { ports: [{ port: 53 }], to: [{}] },
        { ports: [{ port: 443 }] },
        { ports: [{ port: 53 }], to: [{}, {}] },
      ],
    };
    const policy = { kind: 'NetworkPolicy', metadata: { name: 'api', namespace: 'shop' }, spec };
    expect(manifestLines([policy]).map(withoutDigest)).toEqual(['NetworkPolicy shop/api  in=none  out=3@53,any@443']);
  });

  test('accounts are one line, which changes with each of them', () => {
    const account = (name: string) => ({ kind: 'ServiceAccount', metadata: { name, namespace: 'shop' } });
    const lines = manifestLines([account('a'), account('b')]);
    expect(lines.map(withoutDigest)).toEqual(['ServiceAccount x2']);
    expect(manifestLines([account('b'), account('a')])).toEqual(lines);
    expect(manifestLines([account('a'), account('c')])).not.toEqual(lines);
  });
});

describe('lines of a stack', () => {
  const subnet = (cidr: string) => ({
    resource: {
      aws_subnet: {
        A_0: { '//': { metadata: { path: 'shop-network/A/Resource' } }, cidr_block: cidr, tags: { a: 'b' } },
      },
    },
    terraform: { backend: { s3: { bucket: 'state' } } },
    provider: { aws: [{ region: 'eu-west-1' }] },
  });

  test('the first says where state lies, the others are resources by path', () => {
    expect(stackLines('shop-network', subnet('10.0.0.0/22')).map(withoutDigest)).toEqual([
      'stack shop-network  backend=s3  region=eu-west-1  outputs=0',
      '  aws_subnet A  cidr_block=10.0.0.0/22',
    ]);
  });
});

describe('differences', () => {
  test('equal texts have none, in whatever order', () => {
    expect(differences('a  x=1\nb\n', 'b\na  x=1\n')).toEqual([]);
  });

  test('old and new line of a subject follow one another', () => {
    expect(differences('Service b  p=1\nService a  p=1\nService c\n', 'Service a  p=2\nService b  p=2\n')).toEqual([
      '- Service a  p=1',
      '+ Service a  p=2',
      '- Service b  p=1',
      '+ Service b  p=2',
      '- Service c',
    ]);
  });

  test('a line that stood twice and stands once is one difference', () => {
    expect(differences('a\na\n', 'a\n')).toEqual(['- a']);
  });
});
