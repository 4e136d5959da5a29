import { onceFor } from '../../lib/ledger/once-for';

test('what follows from one thing is worked out once, also where it is nothing', () => {
  const asked: string[] = [];
  const lengthOf = onceFor(({ name }: { readonly name: string }) => {
    asked.push(name);
    return name === '' ? undefined : name.length;
  });
  const [one, equal, empty] = [{ name: 'one' }, { name: 'one' }, { name: '' }];
  expect([one, one, equal, empty, empty].map(lengthOf)).toEqual([3, 3, 3, undefined, undefined]);
  expect(asked).toEqual(['one', 'one', '']);
});
