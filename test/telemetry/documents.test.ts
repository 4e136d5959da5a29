import { parse } from 'yaml';
import { PLATFORMS } from '../../apps';
import { everyOutput } from '../support/platforms';

const everything = everyOutput();
const names = PLATFORMS.flatMap(({ name, environments }) => environments.map((one) => `${name}/${one.name}`));

describe.each(names)('%s', (name) => {
  const document = (path: string): string => everything.documents[path] ?? '';

  test('a plain Prometheus reads the very rules that the operator reads', () => {
    const [rule, ...others] = everything.objects(name).filter(({ kind }) => kind === 'PrometheusRule');
    expect(others).toEqual([]);
    expect(parse(document(`prometheus/${name}/rules.yaml`))).toEqual({ groups: rule?.spec.groups });
  });

  test('Alertmanager in the cluster is told what the plain file says, and finds its secrets where that looks for them', () => {
    const text = document(`prometheus/${name}/alertmanager.yaml`);
    const application = everything
      .objects(name)
      .find(({ kind, metadata }) => kind === 'Application' && metadata.name === 'kube-prometheus-stack');
    const { alertmanager } = application?.spec.source.helm.valuesObject ?? {};
    expect(alertmanager.config).toEqual(parse(text));
    const [, ...files] = text.split('/etc/alertmanager/secrets/');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(alertmanager.alertmanagerSpec.secrets).toContain(file.split('/')[0]);
  });

  test('no key of a receiver stands anywhere: each is a file', () => {
    const config = parse(document(`prometheus/${name}/alertmanager.yaml`));
    const fields = JSON.stringify(config.receivers);
    expect(fields).not.toMatch(/"(routing_key|service_key|api_url|auth_password|auth_secret)":/);
    expect(fields).toMatch(/_file":"\/etc\/alertmanager\/secrets\/alert-receivers\/slack-url"/);
  });

  test('every alert leads to a chapter that is written', () => {
    const chapters = document(`runbooks/${name}/alerts.md`);
    const groups: { rules: { alert?: string }[] }[] = parse(document(`prometheus/${name}/rules.yaml`)).groups;
    const alerts = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => (alert === undefined ? [] : [alert])));
    expect(alerts.length).toBeGreaterThan(20);
    for (const alert of alerts) expect(chapters).toContain(`\n## ${alert}\n`);
  });
});
