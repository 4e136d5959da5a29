import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { PLATFORMS } from '../../apps';
import { heartbeatOf, type ReceiversSpec } from '../../lib/model';
import { alertmanagerYaml, environmentRules, ruleFile } from '../../lib/telemetry';
import { freePorts } from './support/nginx-loopback';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const describeWithTool = has('amtool') ? describe : describe.skip;
const describeWithServers = has('prometheus') && has('prometheus-alertmanager') ? describe : describe.skip;

const RECEIVERS: ReceiversSpec = {
  slackChannel: '#shop',
  email: { to: 'ops@example.com', from: 'alerts@example.com', smarthost: 'smtp.example.com:587', username: 'alerts' },
  pagerDuty: 'on',
};

const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describeWithTool('amtool', () => {
  const environments = PLATFORMS.flatMap(({ name, environments }) =>
    environments.flatMap((environment) =>
      environment.telemetry
        ? [
            {
              name: `${name}-${environment.name}`,
              receivers: environment.telemetry.receivers,
              heartbeat: heartbeatOf(name, environment),
            },
          ]
        : [],
    ),
  );

  test.each(environments)('reads what Alertmanager of $name is told', ({ name, receivers, heartbeat }) => {
    const path = file(`${name}.yaml`, alertmanagerYaml(receivers, heartbeat));
    const { status, stdout, stderr } = spawnSync('amtool', ['check-config', path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  const routes = (receivers: ReceiversSpec, ...labels: readonly string[]): string => {
    const path = file('routes.yaml', alertmanagerYaml(receivers));
    const { stdout } = spawnSync('amtool', ['config', 'routes', 'test', `--config.file=${path}`, ...labels], {
      encoding: 'utf8',
    });
    return stdout.trim();
  };

  const CRITICAL = ['severity=critical', 'escalation=immediate'];

  test.each([
    { it: 'what is critical wakes somebody, is shown to all and is kept', labels: CRITICAL, to: 'pager,chat,mail' },
    {
      it: 'a warning that escalates wakes somebody later',
      labels: ['severity=warning', 'escalation=5m'],
      to: 'pager,chat',
    },
    { it: 'a warning at once', labels: ['severity=warning', 'escalation=immediate'], to: 'pager,chat' },
    { it: 'a warning is shown to all', labels: ['severity=warning', 'escalation=none'], to: 'chat' },
    { it: 'the rest is mail', labels: ['severity=info', 'escalation=none'], to: 'mail' },
    { it: 'an alert of somebody else is mail, and not lost', labels: ['team=other'], to: 'mail' },
  ])('$it', ({ labels, to }) => {
    expect(routes(RECEIVERS, ...labels)).toBe(to);
  });

  const HEARTBEAT = { topicArn: 'arn:aws:sns:eu-west-1:111111111111:shop-heartbeat', region: 'eu-west-1' };
  const beating = (...labels: readonly string[]): string => {
    const path = file('beating.yaml', alertmanagerYaml(RECEIVERS, HEARTBEAT));
    const { stdout } = spawnSync('amtool', ['config', 'routes', 'test', `--config.file=${path}`, ...labels], {
      encoding: 'utf8',
    });
    return stdout.trim();
  };

  test('the heartbeat reaches its topic and nobody else, whatever else it carries', () => {
    expect(beating('alertname=Watchdog', 'severity=info', 'escalation=none')).toBe('heartbeat');
    expect(beating('alertname=Watchdog', ...CRITICAL)).toBe('heartbeat');
    expect(beating('alertname=ServiceDown', ...CRITICAL)).toBe('pager,chat,mail');
  });

  test('where nobody is to be woken, nobody is', () => {
    expect(routes({ ...RECEIVERS, pagerDuty: 'off' }, ...CRITICAL)).toBe('chat,mail');
  });
});

/** What the receiver has heard, as `receiver alert service status`. */
interface Ear {
  readonly server: Server;
  readonly heard: string[];
}

const listen = async (): Promise<Ear> => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { receiver, alerts } = JSON.parse(body);
      for (const { labels, annotations, status } of alerts) {
        heard.push([receiver, labels.alertname, labels.service, status, annotations.summary].join('|'));
      }
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, heard };
};

/** The declared configuration with every way out led to a webhook on loopback. */
function deaf(port: number): string {
  const config = parse(alertmanagerYaml(RECEIVERS));
  const receivers = config.receivers.map(({ name }: { name: string }) => ({
    name,
    webhook_configs: [{ url: `http://127.0.0.1:${port}/`, send_resolved: true }],
  }));
  return stringify({ ...config, receivers });
}

/** Alertmanager with what it is told, on loopback. */
const alertmanagerOn = (config: string, port: number, name: string): ChildProcess =>
  spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${file(`${name}.yaml`, config)}`,
      `--storage.path=${join(folder, name)}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );

describeWithServers('an alert', () => {
  const running: ChildProcess[] = [];
  const servers: Server[] = [];

  afterAll(async () => {
    const ended = running.map((child) => new Promise((done) => child.once('exit', done)));
    for (const child of running) child.kill('SIGKILL');
    for (const server of servers) server.close();
    await Promise.all(ended);
  });

  test('gets from a service through Prometheus and Alertmanager to whom it is for, and says what is wrong', async () => {
    const [acgs] = PLATFORMS;
    const production = acgs?.environments.find(({ name }) => name === 'production');
    if (acgs === undefined || production === undefined) throw new Error('acgs/production is gone');
    const ear = await listen();
    servers.push(ear.server);
    const service = createServer((_request, response) =>
      response.end('# TYPE acgs_constitutional_compliance_rate gauge\nacgs_constitutional_compliance_rate 0.97\n'),
    );
    servers.push(service);
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    const target = (service.address() as AddressInfo).port;
    const [prometheusPort, alertmanagerPort] = await freePorts(2);

    const rules = file(
      'rules.yaml',
      ruleFile(environmentRules('acgs', production)).replaceAll('interval: 15s', 'interval: 1s'),
    );
    const labels = { namespace: 'acgs', service: 'auth-service' };
    const prometheus = file(
      'prometheus.yaml',
      stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: [rules],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
        scrape_configs: [{ job_name: 'pods', static_configs: [{ targets: [`127.0.0.1:${target}`], labels }] }],
      }),
    );
    running.push(
      alertmanagerOn(deaf((ear.server.address() as AddressInfo).port), alertmanagerPort ?? 0, 'live'),
      spawn(
        'prometheus',
        [
          `--config.file=${prometheus}`,
          `--storage.tsdb.path=${join(folder, 'tsdb')}`,
          `--web.listen-address=127.0.0.1:${prometheusPort}`,
        ],
        { stdio: 'ignore' },
      ),
    );

    const expected = [
      'pager|ConstitutionalComplianceViolation|auth-service|firing|auth-service: constitutional compliance violation detected',
      'chat|ConstitutionalComplianceViolation|auth-service|firing|auth-service: constitutional compliance violation detected',
    ];
    for (let tries = 0; tries < 240 && !expected.every((line) => ear.heard.includes(line)); tries += 1)
      await sleep(250);
    expect(ear.heard).toEqual(expect.arrayContaining(expected));
  }, 90_000);

  test.each([
    {
      it: 'a service without pods says nothing of its errors',
      cause: 'ServiceDown',
      effect: 'HighErrorRate',
      hidden: true,
    },
    {
      it: 'a store that is down says nothing of its hits',
      cause: 'RedisDown',
      effect: 'CacheHitRateLow',
      hidden: true,
    },
    {
      it: 'a store that is down still says that it is full',
      cause: 'RedisDown',
      effect: 'RedisMemoryHigh',
      hidden: false,
    },
    {
      it: 'a fast fire hides a slow one',
      cause: 'LatencyBudgetBurnsFast',
      effect: 'LatencyBudgetBurnsSlowly',
      hidden: true,
    },
    { it: 'a fire hides a slower one', cause: 'LatencyBudgetBurns', effect: 'LatencyBudgetBurnsSlowly', hidden: true },
    {
      it: 'a fast fire hides a fire',
      cause: 'AvailabilityBudgetBurnsFast',
      effect: 'AvailabilityBudgetBurns',
      hidden: true,
    },
    {
      it: 'a slow fire hides no fast one',
      cause: 'LatencyBudgetBurnsSlowly',
      effect: 'LatencyBudgetBurns',
      hidden: false,
    },
    {
      it: 'one promise is not the other',
      cause: 'LatencyBudgetBurnsFast',
      effect: 'AvailabilityBudgetBurns',
      hidden: false,
    },
  ])('of two: $it', async ({ cause, effect, hidden }) => {
    const api = await quietAlertmanager();
    const labels = (alertname: string, service: string) => ({ alertname, service, namespace: 'shop' });
    const alerts = [labels(cause, effect), labels(effect, effect), labels(effect, `not-${effect}`)];
    const body = JSON.stringify(alerts.map((one) => ({ labels: { ...one, pair: cause } })));
    await fetch(`${api}/alerts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const found: { labels: Record<string, string>; status: { inhibitedBy: string[] } }[] = [];
    for (let tries = 0; tries < 40 && found.length < 2; tries += 1) {
      await sleep(100);
      const answer = await fetch(`${api}/alerts?filter=alertname="${effect}"&filter=pair="${cause}"`);
      found.splice(0, found.length, ...JSON.parse(await answer.text()));
    }
    const inhibited = (service: string) =>
      (found.find((one) => one.labels.service === service)?.status.inhibitedBy.length ?? -1) > 0;
    expect(found).toHaveLength(2);
    expect(inhibited(effect)).toBe(hidden);
    expect(inhibited(`not-${effect}`)).toBe(false);
  });

  /** Address of an Alertmanager that tells nobody, of its own for each question. */
  async function quietAlertmanager(): Promise<string> {
    const [port = 0] = await freePorts(1);
    running.push(alertmanagerOn(deaf(9), port, `quiet-${port}`));
    const api = `http://127.0.0.1:${port}/api/v2`;
    for (let tries = 0; tries < 100; tries += 1) {
      const isUp = await fetch(`${api}/status`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isUp) return api;
      await sleep(100);
    }
    throw new Error('Alertmanager does not start');
  }
});
