import { cacheFields } from '../../../lib/aws/cache/cache-fields';
import { RedisReplicationGroup } from '../../../lib/aws/cache/redis-replication-group';
import type { RedisReplicationGroupProps } from '../../../lib/aws/cache/redis-replication-group-props';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import { PasswordSecret } from '../../../lib/aws/secrets/password-secret';
import { CACHE } from '../../support/cache';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

type Parts = Partial<RedisReplicationGroupProps>;

const synth = (parts: Parts = {}): Block =>
  terraform((stack) => {
    new RedisReplicationGroup(stack, 'Cache', { ...CACHE, ...parts });
  });

/** Name and content of each secret, with the content's address. */
const secrets = (json: Block): Record<string, { address: string; content: Block }> =>
  Object.fromEntries(
    Object.entries<Block>(json.resource.aws_secretsmanager_secret_version).map(([id, content]) => {
      const [, name = ''] = /^\$\{aws_secretsmanager_secret\.([\w-]+)\.id}$/.exec(content.secret_id) ?? [];
      return [json.resource.aws_secretsmanager_secret[name].name, { address: id, content }];
    }),
  );

const USER = 'acgs/production/cache/auth/user';
const SERVICES = 'acgs/production/cache/auth';

const part = (json: Block, name: string) => {
  const found = secrets(json)[name];
  if (!found) throw new Error(`no secret ${name}`);
  return found;
};

const template = (json: Block): Block => JSON.parse(onlyResource(json, 'aws_cloudformation_stack').template_body);

const passwordsOf = (json: Block): string[] => template(json).Resources.User.Properties.AuthenticationMode.Passwords;

/** Fields of a secret's content, as Terraform will write them. */
const fieldsOf = (content: Block): string[] =>
  [...content.secret_string_wo.matchAll(/"(\w+)" = /g)].map(([, name]) => name);

describe('the password', () => {
  const json = synth();

  test('is in nothing that Terraform keeps', () => {
    for (const content of resources(json, 'aws_secretsmanager_secret_version')) {
      expect(content).not.toHaveProperty('secret_string');
    }
    expect(onlyResource(json, 'aws_elasticache_replication_group')).not.toHaveProperty('auth_token');
    expect(json.resource).not.toHaveProperty('aws_elasticache_user');
    const kept = JSON.stringify(json.resource).replace(/"secret_string_wo":"(\\.|[^"])*"/g, '');
    expect(kept).not.toContain('ephemeral.');
    expect(json.output).toBeUndefined();
    expect(json.terraform.required_version).toBe('>= 1.11.0');
  });

  test('is drawn once and goes into the secret that the user is made from', () => {
    const [drawn] = Object.keys(json.ephemeral.random_password);
    expect(Object.keys(json.ephemeral.random_password)).toHaveLength(1);
    expect(part(json, USER).content).toMatchObject({
      secret_string_wo: `\${jsonencode({"password" = ephemeral.random_password.${drawn}.result})}`,
      secret_string_wo_version: 1,
    });
  });

  test('reaches services as it was read back, so that a run that ended half-way cannot part them', () => {
    const [known] = Object.entries<Block>(json.ephemeral.aws_secretsmanager_secret_version);
    expect(known?.[1]).toEqual({
      secret_id: USER,
      version_id: `\${aws_secretsmanager_secret_version.${part(json, USER).address}.version_id}`,
    });
    expect(part(json, SERVICES).content.secret_string_wo).toContain(
      `"password" = jsondecode(ephemeral.aws_secretsmanager_secret_version.${known?.[0]}.secret_string).password`,
    );
  });

  test('is put into the user by CloudFormation, which is told the version and keeps no value', () => {
    expect(onlyResource(json, 'aws_cloudformation_stack')).toMatchObject({
      name: 'acgs-production-cache-user',
      on_failure: 'DELETE',
    });
    const version = `\${aws_secretsmanager_secret_version.${part(json, USER).address}.version_id}`;
    expect(template(json).Resources).toEqual({
      User: {
        Type: 'AWS::ElastiCache::User',
        Properties: {
          Engine: 'redis',
          UserId: 'acgs-production-cache',
          UserName: 'default',
          AccessString: 'on ~* &* +@all',
          AuthenticationMode: {
            Type: 'password',
            Passwords: [`{{resolve:secretsmanager:${USER}:SecretString:password::${version}}}`],
          },
        },
      },
    });
  });

  test('opens the group through a user group that comes after the user', () => {
    const [user] = Object.keys(json.resource.aws_cloudformation_stack);
    expect(onlyResource(json, 'aws_elasticache_user_group')).toEqual(
      expect.objectContaining({
        engine: 'redis',
        user_group_id: 'acgs-production-cache',
        user_ids: ['acgs-production-cache'],
        depends_on: [`aws_cloudformation_stack.${user}`],
      }),
    );
  });

  test('stays through an upgrade from Redis OSS to Valkey: user and user group are untouched', () => {
    const [redis, valkey] = [synth({ engine: 'redis' }), json];
    for (const type of [
      'aws_cloudformation_stack',
      'aws_elasticache_user_group',
      'aws_secretsmanager_secret_version',
    ]) {
      expect(valkey.resource[type]).toEqual(redis.resource[type]);
    }
  });
});

describe('a new password', () => {
  test('is drawn by a higher version, for the user and for services alike', () => {
    const [before, after] = [synth(), synth({ passwordVersion: 2 })];
    expect(part(after, USER).content.secret_string_wo_version).toBe(2);
    expect(part(after, SERVICES).content.secret_string_wo_version).not.toBe(
      part(before, SERVICES).content.secret_string_wo_version,
    );
  });

  test('reaches services whenever it reaches the user, and when the group is made anew', () => {
    const json = synth();
    const [group] = Object.keys(json.resource.aws_elasticache_replication_group);
    expect(part(json, SERVICES).content.lifecycle.replace_triggered_by).toEqual([
      `aws_secretsmanager_secret_version.${part(json, USER).address}.version_id`,
      `aws_elasticache_replication_group.${group}.primary_endpoint_address`,
    ]);
    expect(part(json, USER).content).not.toHaveProperty('lifecycle');
    expect(part(synth({ shards: 2 }), SERVICES).content.lifecycle.replace_triggered_by[1]).toMatch(
      /\.configuration_endpoint_address$/,
    );
  });

  test('leaves the old one valid for as long as is declared', () => {
    const json = synth({ passwordVersion: 2, acceptedPasswords: 'current-and-previous' });
    expect(passwordsOf(json)).toEqual([
      ...passwordsOf(synth({ passwordVersion: 2 })),
      `{{resolve:secretsmanager:${USER}:SecretString:password:AWSPREVIOUS:}}`,
    ]);
  });
});

describe('the secret of services', () => {
  test.each([
    ['primary_endpoint_address', {}],
    ['configuration_endpoint_address', { shards: 3 }],
  ])('says the %s, port and nodes', (endpoint, parts: Parts) => {
    const json = synth({ ...parts, port: 6389 });
    const [group] = Object.keys(json.resource.aws_elasticache_replication_group);
    const host = `aws_elasticache_replication_group.${group}.${endpoint}`;
    expect(part(json, SERVICES).content.secret_string_wo).toContain(
      `{"host" = ${host}, "port" = 6389, "nodes" = "\${${host}}:6389", "password" = `,
    );
  });

  test('is sent anew with another port', () => {
    const version = (parts: Parts) => part(synth(parts), SERVICES).content.secret_string_wo_version;
    expect(version({ port: 6389 })).not.toBe(version({}));
    expect(version({ replicasPerShard: 2 })).toBe(version({}));
  });

  test('has the fields of an in-cluster cache, so that a service cannot tell them apart', () => {
    const inCluster = terraform((stack) => {
      const key = new EncryptionKey(stack, 'Key', { alias: 'caches', description: 'Caches' });
      const nodes = ['cache-shard-0-0.cache-members.acgs.svc:6379', 'cache-shard-1-0.cache-members.acgs.svc:6379'];
      const fields = cacheFields('cache.acgs.svc', 6379, nodes);
      new PasswordSecret(stack, 'Secret', { name: SERVICES, description: 'Cache', key, fields });
    });
    const wanted = ['host', 'port', 'nodes', 'password'];
    expect(fieldsOf(part(inCluster, SERVICES).content)).toEqual(wanted);
    for (const parts of [{}, { shards: 3 }, { engine: 'redis' as const }]) {
      expect(fieldsOf(part(synth(parts), SERVICES).content)).toEqual(wanted);
    }
    expect(part(inCluster, SERVICES).content.secret_string_wo).toContain(
      '"nodes" = "cache-shard-0-0.cache-members.acgs.svc:6379,cache-shard-1-0.cache-members.acgs.svc:6379"',
    );
  });
});

test('a cache of one address has it as its only node', () => {
  expect(cacheFields('cache', 6379)).toEqual({ host: 'cache', port: 6379, nodes: 'cache:6379' });
});
