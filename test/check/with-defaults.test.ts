import { withDefaults } from '../../lib/check';

interface Props {
  readonly name: string;
  readonly multiAz?: boolean;
  readonly port?: number;
}
const defaults = { multiAz: true, port: 5432 } as const;

test('what is given wins over a default, also if it is false or 0', () => {
  expect(withDefaults<Props, typeof defaults>(defaults, { name: 'a', multiAz: false, port: 0 })).toEqual({
    name: 'a',
    multiAz: false,
    port: 0,
  });
});

test('what is left out takes its default', () => {
  expect(withDefaults<Props, typeof defaults>(defaults, { name: 'a' })).toEqual({
    name: 'a',
    multiAz: true,
    port: 5432,
  });
});

test('what is given as undefined is left out', () => {
  const props = { name: 'a', multiAz: undefined, port: undefined } as unknown as Props;
  expect(withDefaults<Props, typeof defaults>(defaults, props)).toEqual({ name: 'a', multiAz: true, port: 5432 });
});
