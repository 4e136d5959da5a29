import { parse } from 'yaml';
import { nodeUserData } from '../../../lib/aws/nodes/node-config';

describe('nodeUserData', () => {
  const text = Buffer.from(nodeUserData(110), 'base64').toString();

  test('is one MIME part that nodeadm reads', () => {
    const boundary = /boundary="(.+)"/.exec(text)?.[1] ?? '';
    const [header, part, end] = text.split(`--${boundary}`);

    expect(header).toMatch(/^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; /);
    expect(part).toMatch(/^\nContent-Type: application\/node\.eks\.aws\n\n---\n/);
    expect(end).toBe('--\n');
  });

  test('sets the pods of the node and nothing else', () => {
    expect(parse(text.split('---\n')[1]?.split('\n--')[0] ?? '')).toEqual({
      apiVersion: 'node.eks.aws/v1alpha1',
      kind: 'NodeConfig',
      spec: { kubelet: { config: { maxPods: 110 } } },
    });
  });

  test('the same number is the same bytes, another number is not', () => {
    expect(nodeUserData(110)).toBe(nodeUserData(110));
    expect(nodeUserData(109)).not.toBe(nodeUserData(110));
  });
});
