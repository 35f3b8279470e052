import { describe, expect, test } from 'vitest';
import { isRecording, noGrad, sigmoid, tensor, value } from '../src/index.ts';

describe('a change in place', () => {
  test('of a value that a rule needs is refused, naming op, input and change', () => {
    const w = tensor([2], { requiresGrad: true });
    const x = tensor([3]);
    const y = w.mul(x).sum();
    x.add_(1);
    expect(() => y.backward()).toThrow(
      'mul: the gradient needs its input "b" as it was, but add_ changed it in place afterwards. ' +
        'Change it after backward(), or use the method without the underscore, which makes a new one.',
    );
    expect(w.grad).toBe(null);
  });

  test('of an output that a rule needs is refused', () => {
    const y = tensor([1], { requiresGrad: true }).exp();
    noGrad(() => y.zero_());
    expect(() => y.backward()).toThrow('exp: the gradient needs its output as it was, but zero_ changed it in place');
  });

  test('of a value that no rule needs is allowed', () => {
    const x = tensor([3], { requiresGrad: true });
    const y = x.add(1);
    noGrad(() => x.mul_(5));
    y.backward();
    expect(x.grad?.tolist()).toEqual([1]);
  });

  test('of a struct’s input is seen as well', () => {
    const w = tensor([[2]], { requiresGrad: true });
    const x = tensor([[3]]);
    const y = w.matmul(x);
    x.fill_(0);
    expect(() => y.backward()).toThrow('matmul: the gradient needs its input "b" as it was, but fill_');
  });

  test('before the op is none, as in every training loop', () => {
    const w = tensor([2], { requiresGrad: true });
    for (let step = 1; step <= 3; step++) {
      w.grad = null;
      w.mul(w).backward();
      noGrad(() => w.add_(1));
    }
    expect([w.tolist(), w.grad?.tolist()]).toEqual([[5], [8]]);
  });

  test('by assignment to a value’s data is seen', () => {
    const [w, x] = [value(2), value(3)];
    const y = w.mul(x);
    x.data = 4;
    expect(() => y.backward()).toThrow('mul: the gradient needs its input "b" as it was, but an assignment to data');
  });

  test('of a tensor that wants a gradient is refused while recording', () => {
    const w = tensor([2], { requiresGrad: true });
    for (const change of [() => w.add_(1), () => w.copy_(tensor([1])), () => w.mul(2).fill_(0)]) {
      expect(change).toThrow(expect.objectContaining({ code: 'leaf-changed-in-place' }));
    }
    expect(w.tolist()).toEqual([2]);
    noGrad(() => w.add_(1));
    expect(w.tolist()).toEqual([3]);
  });
});

describe('noGrad', () => {
  test('makes results that hold no node and want no gradient', () => {
    const x = tensor([1], { requiresGrad: true });
    const y = noGrad(() => sigmoid(x.mul(2)));
    expect([y.node, y.requiresGrad, y.isLeaf]).toEqual([null, false, true]);
  });

  test('puts recording back, also after an exception and inside another', () => {
    noGrad(() => {
      expect(() => noGrad(() => expect.fail('thrown'))).toThrow('thrown');
      expect(isRecording()).toBe(false);
    });
    expect(() => noGrad(() => expect.fail('thrown'))).toThrow('thrown');
    expect(isRecording()).toBe(true);
  });

  test('refuses an async function', () => {
    expect(() => noGrad(async () => 1)).toThrow(
      'noGrad: the function is async, and everything after its first await would be recorded again. ' +
        'Await first, then call noGrad with a plain function.',
    );
    expect(isRecording()).toBe(true);
  });

  test('a leaf made inside still wants its gradient outside', () => {
    const w = noGrad(() => tensor([2], { requiresGrad: true }));
    w.mul(3).backward();
    expect(w.grad?.tolist()).toEqual([3]);
  });
});

describe('what nobody differentiates leaves no trace:', () => {
  test('an op on constants holds no node', () => {
    expect(tensor([1]).mul(tensor([2])).node).toBe(null);
    expect(value(1, { requiresGrad: false }).mul(2).node).toBe(null);
    expect(tensor([1, 2], { requiresGrad: true }).gt(1).node).toBe(null);
  });

  test('after backward a node holds none of its inputs', () => {
    const y = tensor([1], { requiresGrad: true }).mul(2);
    y.backward();
    expect(y.node?.ins).toEqual([]);
  });

  test('a variable knows its inputs and nothing knows its consumers, so a dropped loss is garbage', () => {
    const x = value(1);
    const before = Object.values(x).length;
    x.mul(2).add(1);
    expect(Object.values(x).length).toBe(before);
    expect(Object.values(x).filter((held) => typeof held === 'object' && held !== null)).toEqual([]);
  });
});

describe('detach and clone', () => {
  test('share no memory with the original', () => {
    const x = tensor([1, 2]);
    for (const copy of [x.detach(), x.clone()]) {
      copy.fill_(7);
      expect(x.tolist()).toEqual([1, 2]);
    }
  });

  test('clone stays on the tape, detach leaves it', () => {
    const x = tensor([2], { requiresGrad: true });
    expect([x.clone().requiresGrad, x.detach().requiresGrad]).toEqual([true, false]);
    x.clone().mul(x.detach()).backward();
    expect(x.grad?.tolist()).toEqual([2]);
  });
});
