import { blockName } from '../../../lib/ledger';
import { readTerraform } from '../../../lib/ledger/read/terraform';

/** A reference as Terraform writes it. */
const ref = (expression: string): string => `\${${expression}}`;

const read = (value: unknown, file = 'stacks/shop-data/cdk.tf.json') =>
  readTerraform(file, JSON.stringify(value, null, 2));
const names = (value: unknown, file?: string) => read(value, file).blocks.map(blockName);

test('every resource and data source of a configuration is a block, with the line of each field', () => {
  const { blocks, skipped } = read({
    '//': { metadata: { stackName: 'shop-cluster' } },
    data: { aws_region: { here: {} } },
    resource: { aws_subnet: { a: { availability_zone: 'us-west-2a', tags: { 'a/b': 'x' } }, b: {} } },
  });
  expect(blocks.map(blockName)).toEqual([
    'aws_subnet.a in shop-cluster',
    'aws_subnet.b in shop-cluster',
    'data.aws_region.here in shop-cluster',
  ]);
  expect(skipped).toEqual([]);
  const [subnet] = blocks;
  expect(subnet?.at('')).toEqual({ file: 'stacks/shop-data/cdk.tf.json', line: 14 });
  expect(subnet?.at('/availability_zone').line).toBe(15);
  expect(subnet?.at('/tags/a~1b').line).toBe(17);
  expect(subnet?.at('/missing').line).toBe(14);
});

test.each([
  { it: 'a stack from its folder', file: 'out/stacks/shop-data/cdk.tf.json', expected: 'shop-data' },
  { it: 'a stack from its file', file: 'shop-data.tf.json', expected: 'shop-data' },
  { it: 'a stack from its plan', file: 'plans/shop-data.plan.json', expected: 'shop-data' },
  { it: 'a stack from the folder of its plan', file: 'shop-data/tfplan.json', expected: 'shop-data' },
])('it takes the name of $it where none is written', ({ file, expected }) => {
  expect(names({ resource: { aws_vpc: { main: {} } } }, file)).toEqual([`aws_vpc.main in ${expected}`]);
});

test('blocks may stand in lists at each level', () => {
  const resource = [{ aws_subnet: [{ a: [{}] }, { b: {} }] }, { aws_vpc: { main: {} } }];
  expect(names([{ resource }])).toEqual(
    ['aws_subnet.a', 'aws_subnet.b', 'aws_vpc.main'].map((name) => `${name} in shop-data`),
  );
});

test('outputs and providers are blocks of their own kind', () => {
  const { blocks } = read({
    output: { id: { value: ref('aws_vpc.main.id') } },
    provider: { aws: [{ region: 'us-west-2' }] },
  });
  expect(blocks).toMatchObject([
    { mode: 'output', type: 'output', name: 'id', value: { value: ref('aws_vpc.main.id') } },
    { mode: 'provider', type: 'provider', name: 'aws', value: { region: 'us-west-2' } },
  ]);
});

test('references to variables with a default and to locals are what they stand for', () => {
  const { blocks } = read({
    variable: { most: { default: 6 }, asked: {} },
    locals: { size: ref('var.most'), types: ['m5.large'] },
    resource: {
      aws_x: {
        y: { max: ref('local.size'), types: ref('local.types'), asked: ref('var.asked'), text: `a ${ref('var.most')}` },
      },
    },
  });
  expect(blocks[0]?.value).toEqual({
    max: 6,
    types: ['m5.large'],
    asked: ref('var.asked'),
    text: `a ${ref('var.most')}`,
  });
});

test.each([
  {
    it: 'a count',
    value: { count: 2, zone: `z${ref('count.index')}` },
    expected: [
      ['n[0]', 'z0'],
      ['n[1]', 'z1'],
    ],
  },
  { it: 'a count of none', value: { count: 0 }, expected: [] },
  {
    it: 'a list',
    value: { for_each: ['a', 'b'], zone: ref('each.value') },
    expected: [
      ['n["a"]', 'a'],
      ['n["b"]', 'b'],
    ],
  },
  { it: 'a map', value: { for_each: { a: { zone: 'x' } }, zone: ref('each.value.zone') }, expected: [['n["a"]', 'x']] },
  {
    it: 'keys in text',
    value: { for_each: { a: 1 }, zone: `zone-${ref('each.key')}` },
    expected: [['n["a"]', 'zone-a']],
  },
])('$it makes one block for each instance', ({ value, expected }) => {
  const { blocks, skipped } = read({ resource: { aws_x: { n: value } } });
  expect(blocks.map(({ name, value: { zone } }) => [name, zone])).toEqual(expected);
  expect(skipped).toEqual([]);
});

test.each([
  { it: 'a count that is a reference', value: { count: ref('var.n') } },
  { it: 'a count below 0', value: { count: -1 } },
  { it: 'a count beyond reason', value: { count: 1001 } },
  { it: 'a for_each that is a reference', value: { for_each: ref('var.n') } },
])('$it is taken as one, and named', ({ value }) => {
  const { blocks, skipped } = read({ resource: { aws_x: { n: value } } });
  expect(blocks).toHaveLength(1);
  expect(skipped).toMatchObject([{ what: 'aws_x.n', why: expect.stringContaining('taken as one') }]);
});

test('a count of exactly a thousand is written out', () => {
  expect(read({ resource: { aws_x: { n: { count: 1000 } } } }).blocks).toHaveLength(1000);
});

test('what a plan says is null is nothing, whatever it was written with', () => {
  const { blocks } = read(
    {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              mode: 'managed',
              type: 'aws_db_instance',
              name: 'main',
              address: 'aws_db_instance.main',
              values: { replicate_source_db: null, timeouts: [{ create: null }] },
            },
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            {
              mode: 'managed',
              type: 'aws_db_instance',
              name: 'main',
              expressions: {
                replicate_source_db: { references: ['var.source'] },
                parameter_group_name: { references: ['aws_db_parameter_group.p.name', 'aws_db_parameter_group.p'] },
                timeouts: [{ create: { references: ['var.create'] } }],
              },
            },
          ],
        },
      },
    },
    'plan.json',
  );
  expect(blocks.map(({ value }) => value)).toEqual([
    {
      replicate_source_db: null,
      timeouts: [{ create: null }],
      parameter_group_name: `\${aws_db_parameter_group.p.name}`,
    },
  ]);
});

test('a plan is read with its modules, and what is unknown refers to where it comes from', () => {
  const group = { mode: 'managed', type: 'aws_eks_node_group', name: 'general' };
  const { blocks } = read(
    {
      format_version: '1.2',
      planned_values: {
        outputs: { vpc: {} },
        root_module: {
          resources: [
            {
              ...group,
              address: 'aws_eks_node_group.general',
              values: { scaling_config: [{ max_size: 6 }], launch_template: [{ version: '1' }] },
            },
          ],
          child_modules: [
            {
              address: 'module.db',
              resources: [
                {
                  mode: 'managed',
                  type: 'aws_db_instance',
                  name: 'main',
                  index: 0,
                  address: 'module.db.aws_db_instance.main[0]',
                  values: { engine: 'postgres' },
                },
              ],
            },
          ],
        },
      },
      configuration: {
        provider_config: { aws: { expressions: { region: { constant_value: 'us-west-2' } } } },
        root_module: {
          outputs: { vpc: { expression: { references: ['aws_vpc.main.id', 'aws_vpc.main'] } } },
          resources: [
            {
              ...group,
              expressions: {
                subnet_ids: { references: ['aws_subnet.a.id', 'aws_subnet.a', 'aws_subnet.b.id', 'aws_subnet.b'] },
                launch_template: [
                  {
                    id: { references: ['aws_launch_template.x.id', 'aws_launch_template.x'] },
                    version: { constant_value: '1' },
                  },
                ],
              },
            },
          ],
          module_calls: {
            db: {
              module: {
                resources: [
                  {
                    mode: 'managed',
                    type: 'aws_db_instance',
                    name: 'main',
                    expressions: {
                      parameter_group_name: {
                        references: ['aws_db_parameter_group.p.name', 'aws_db_parameter_group.p'],
                      },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
    'plans/shop.plan.json',
  );
  expect(blocks.map(blockName)).toEqual([
    'aws_eks_node_group.general in shop',
    'aws_db_instance.main[0] in shop module.db',
    'output.vpc in shop',
    'provider.aws in shop',
  ]);
  expect(blocks.map(({ value }) => value)).toEqual([
    {
      subnet_ids: [ref('aws_subnet.a.id'), ref('aws_subnet.b.id')],
      scaling_config: [{ max_size: 6 }],
      launch_template: [{ version: '1', id: ref('aws_launch_template.x.id') }],
    },
    { engine: 'postgres', parameter_group_name: ref('aws_db_parameter_group.p.name') },
    { value: ref('aws_vpc.main.id') },
    { region: 'us-west-2' },
  ]);
});

test('a state is read, as it is shown and as it is stored', () => {
  const vpc = { mode: 'managed', type: 'aws_vpc', name: 'main' };
  const shown = {
    format_version: '1.0',
    values: { root_module: { resources: [{ ...vpc, values: { id: 'vpc-1' } }] } },
  };
  const stored = {
    version: 4,
    outputs: { vpc: { value: 'vpc-1' } },
    resources: [{ ...vpc, module: 'module.net', instances: [{ index_key: 'a', attributes: { id: 'vpc-1' } }] }],
  };
  expect(read(shown, 'shop.json').blocks).toMatchObject([{ stack: 'shop', name: 'main', value: { id: 'vpc-1' } }]);
  const { blocks } = read(stored, 'shop.tfstate');
  expect(blocks.map(blockName)).toEqual(['aws_vpc.main["a"] in shop module.net', 'output.vpc in shop']);
  expect(blocks[0]?.at('/id').line).toBe(18);
});

test.each([
  { it: 'nothing', text: ' \n', why: /is empty/ },
  { it: 'HCL', text: 'resource "aws_vpc" "main" {\n}\n', why: /is HCL/ },
  { it: 'broken JSON', text: '{\n  "resource": {\n    oops\n', why: /is not JSON/ },
  { it: 'an empty plan', text: '{"format_version":"1.2"}', why: /without any values/ },
  { it: 'other JSON', text: '{"name":"package"}', why: /holds no blocks/ },
  { it: 'a number', text: '12', why: /holds no blocks/ },
  { it: 'nesting without end', text: `{"resource":${'['.repeat(5000)}${']'.repeat(5000)}}`, why: /nested/ },
])('$it gives no blocks, and is named', ({ text, why }) => {
  const { blocks, skipped } = readTerraform('x.tf.json', text);
  expect(blocks).toEqual([]);
  expect(skipped).toMatchObject([{ place: { file: 'x.tf.json' }, why: expect.stringMatching(why) }]);
});

test('modules of a configuration are named: what they make is elsewhere', () => {
  const { skipped } = read({ module: { vpc: { source: 'terraform-aws-modules/vpc/aws' } } });
  expect(skipped).toMatchObject([{ what: 'module.vpc', place: { line: 3 } }]);
});

test('quotes, braces and backslashes in text do not move what stands behind them', () => {
  const { blocks } = read({ resource: { aws_x: { y: { policy: '{"a": "}\\\\", "b": [', 'k"e': 1, last: 2 } } } });
  expect(blocks[0]?.at('/last').line).toBe(7);
  expect(blocks[0]?.at('/k"e').line).toBe(6);
});
