/** The subset of the Compose specification that stacks use, closed: a key that is not here is a mistake, obsolete ones among them. */
const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1 } as const;
const byName = (value: object) => ({
  type: 'object',
  propertyNames: { pattern: '^[a-zA-Z0-9._-]+$' },
  additionalProperties: value,
});
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const duration = { type: 'string', pattern: '^\\d+(ms|s|m|h)$' } as const;
const amounts = closed(
  {
    cpus: { type: 'string', pattern: '^\\d+(\\.\\d+)?$' },
    memory: { type: 'string', pattern: '^\\d+(\\.\\d+)?[bMG]$' },
  },
  ['cpus', 'memory'],
);

const service = closed(
  {
    image: { type: 'string', pattern: '[:@][^/]+$' },
    entrypoint: texts,
    command: texts,
    user: text,
    working_dir: { type: 'string', pattern: '^/' },
    profiles: texts,
    environment: byName({ type: 'string' }),
    secrets: {
      type: 'array',
      items: closed({ source: text, target: { type: 'string', pattern: '^/' } }, ['source', 'target']),
    },
    volumes: {
      type: 'array',
      items: { type: 'string', pattern: '^(\\./[^:]+:/[^:]+:ro|[a-z0-9-]+:/[^:]+)$' },
      uniqueItems: true,
    },
    tmpfs: { type: 'array', items: { type: 'string', pattern: '^/[^:]+:mode=1777,size=\\d+m$' } },
    ports: {
      type: 'array',
      items: { type: 'string', pattern: '^\\d{1,3}(\\.\\d{1,3}){3}:\\d{1,5}:\\d{1,5}$' },
      uniqueItems: true,
      minItems: 1,
    },
    networks: byName(closed({ aliases: { ...texts, uniqueItems: true } })),
    depends_on: byName(
      closed({ condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } }, [
        'condition',
      ]),
    ),
    healthcheck: closed(
      {
        test: { type: 'array', items: { type: 'string' }, minItems: 2 },
        interval: duration,
        timeout: duration,
        retries: { type: 'integer', minimum: 1 },
        start_period: duration,
      },
      ['test', 'interval', 'timeout', 'retries', 'start_period'],
    ),
    deploy: closed(
      {
        replicas: { type: 'integer', minimum: 1 },
        resources: closed({ limits: amounts, reservations: amounts }, ['limits', 'reservations']),
      },
      ['replicas', 'resources'],
    ),
    ulimits: closed({ nofile: { type: 'integer', minimum: 1 } }),
    shm_size: { type: 'string', pattern: '^\\d+(\\.\\d+)?[MG]$' },
    stop_signal: { type: 'string', pattern: '^SIG[A-Z]+$' },
    stop_grace_period: duration,
    init: { type: 'boolean' },
    restart: { const: 'unless-stopped' },
    read_only: { const: true },
    cap_drop: { const: ['ALL'] },
    security_opt: { const: ['no-new-privileges:true'] },
    logging: closed({ driver: { const: 'json-file' }, options: byName({ type: 'string' }) }, ['driver', 'options']),
  },
  [
    'image',
    'networks',
    'healthcheck',
    'deploy',
    'stop_grace_period',
    'restart',
    'read_only',
    'cap_drop',
    'security_opt',
    'logging',
  ],
);

export const COMPOSE_SCHEMA = closed(
  {
    services: { ...byName(service), minProperties: 1 },
    networks: byName(closed({ internal: { type: 'boolean' } })),
    volumes: byName({ type: 'object', maxProperties: 0 }),
    secrets: byName(closed({ file: { type: 'string', pattern: '^\\.' } }, ['file'])),
  },
  ['services', 'networks'],
);
