import { Construct, RootConstruct } from 'constructs';
import {
  enforce,
  type Finding,
  InvalidPropsError,
  describe as inWords,
  isError,
  WARNING_METADATA,
} from '../../lib/check';

const finding = (check: string, severity: Finding['severity']): Finding => ({
  check,
  severity,
  path: 'acgs/Database',
  prop: 'storage',
  rule: 'must be at least 20 GiB',
  received: '10Gi',
  remedy: 'use 20 GiB',
});

const construct = () => new Construct(new RootConstruct('acgs'), 'Database');

test('a finding is one line: path, property, rule, value received, remedy and id', () => {
  expect(inWords(finding('storage-fits', 'error'))).toBe(
    'acgs/Database: storage must be at least 20 GiB, got 10Gi; use 20 GiB [storage-fits]',
  );
});

test('an error is an error and a warning is none', () => {
  expect([finding('a', 'error'), finding('b', 'warning')].map(isError)).toEqual([true, false]);
});

describe('enforce', () => {
  test('throws all errors at once, a line each, without the warnings', () => {
    const findings = [finding('a', 'error'), finding('b', 'warning'), finding('c', 'error')];

    const thrown = (() => {
      try {
        return enforce(construct(), findings);
      } catch (error) {
        return error;
      }
    })();

    expect(thrown).toBeInstanceOf(InvalidPropsError);
    expect((thrown as InvalidPropsError).name).toBe('InvalidPropsError');
    expect((thrown as InvalidPropsError).findings.map(({ check }) => check)).toEqual(['a', 'c']);
    expect((thrown as InvalidPropsError).message).toMatch(/^.*\[a\]\n.*\[c\]$/);
  });

  test('keeps warnings on the construct, where a report finds them', () => {
    const scope = construct();

    enforce(scope, [finding('b', 'warning')]);

    expect(scope.node.metadata).toMatchObject([{ type: WARNING_METADATA, data: finding('b', 'warning') }]);
  });

  test('leaves a construct without findings as it was', () => {
    const scope = construct();

    enforce(scope, []);

    expect(scope.node.metadata).toEqual([]);
  });
});
