import { FLUENT_BIT_STATE, fluentBitConfig } from '../../../lib/config/logs/fluent-bit-conf';
import { Memory } from '../../../lib/units';

const config = fluentBitConfig({
  host: 'logs-es-http.logging.svc',
  port: 9200,
  user: 'log-agent',
  passwordVariable: 'LOG_STORE_PASSWORD',
  authorityFile: '/etc/log-store/ca.crt',
  index: 'pod-logs',
  cluster: 'shop-production',
  waiting: Memory.mib(512),
});

/** Sections with their settings, as Fluent Bit reads them. */
const sections = (text: string) =>
  text
    .split(/^\[/m)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.split('\n');
      const settings = lines
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const [, key = '', value = ''] = /^ {4}(\S+) (.+)$/.exec(line) ?? [];
          return [key, value] as const;
        });
      return { name: name.replace(']', ''), settings: Object.fromEntries(settings) };
    });

const only = (text: string) => sections(text)[0]?.settings ?? {};

test('each part has its sections, and every line a key and a value', () => {
  const names = Object.entries(config).map(([part, text]) => [part, sections(text).map(({ name }) => name)]);
  expect(names).toEqual([
    ['service', ['SERVICE']],
    ['inputs', ['INPUT']],
    ['filters', ['FILTER', 'FILTER']],
    ['outputs', ['OUTPUT']],
  ]);
  for (const { settings } of Object.values(config).flatMap(sections)) expect(settings).not.toHaveProperty('');
});

test('lines go over TLS that is verified, by a password that stands nowhere', () => {
  expect(only(config.outputs)).toMatchObject({
    Name: 'es',
    Host: 'logs-es-http.logging.svc',
    Port: '9200',
    HTTP_User: 'log-agent',
    HTTP_Passwd: ['$', '{LOG_STORE_PASSWORD}'].join(''),
    tls: 'On',
    'tls.verify': 'On',
    'tls.ca_file': '/etc/log-store/ca.crt',
  });
});

test('a data stream takes lines that are added, and no others', () => {
  expect(only(config.outputs)).toMatchObject({
    Index: 'pod-logs',
    Write_Operation: 'create',
    Suppress_Type_Name: 'On',
  });
});

test('what is not taken waits on disk, within bounds', () => {
  expect(only(config.inputs)).toMatchObject({ 'storage.type': 'filesystem', Mem_Buf_Limit: '32M' });
  expect(only(config.outputs)).toMatchObject({ 'storage.total_limit_size': '512M', Retry_Limit: '288' });
  expect(only(config.service)).toMatchObject({ 'storage.path': `${FLUENT_BIT_STATE}/buffers`, 'scheduler.cap': '300' });
});

test('a line is read once, also over a restart', () => {
  expect(only(config.inputs).DB).toBe(`${FLUENT_BIT_STATE}/tail.db`);
});

test('it does not read what it writes itself', () => {
  expect(only(config.inputs).Exclude_Path).toMatch(/fluent-bit-\*_log-agents_/);
});

test('fields of programs are kept apart from those of Kubernetes', () => {
  const [kubernetes, modify] = sections(config.filters).map(({ settings }) => settings);
  expect(kubernetes).toMatchObject({ Name: 'kubernetes', Merge_Log: 'On', Merge_Log_Key: 'data', Keep_Log: 'On' });
  expect(modify).toMatchObject({ Name: 'modify', Add: 'cluster shop-production' });
});
