import { environment, service } from '../../support/environment';
import { smallest, text } from './smallest';

const fails = ({ environments }: Parameters<typeof text>[0]): boolean =>
  environments.some(({ services }) => services.some(({ port }) => Number.isNaN(port)));

const large = {
  name: 'shop',
  environments: [
    environment(),
    environment({ services: [service('orders'), service('broken', { port: Number.NaN }), service('stock')] }),
  ],
};

test('what remains of a platform is what it fails for', () => {
  const { environments } = smallest(large, fails);
  expect(environments.map(({ services }) => services.map(({ name }) => name))).toEqual([['broken']]);
  expect(environments[0]?.databases).toEqual([]);
});

test('what does not fail stays whole', () => {
  expect(smallest({ ...large, environments: [environment()] }, fails)).toEqual({
    ...large,
    environments: [environment()],
  });
});

test('no number is written as what it is', () => expect(text(large)).toContain('"port":"NaN"'));
