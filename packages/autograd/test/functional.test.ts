import { describe, expect, test } from 'vitest';
import { BackwardError, grad, noGrad, type Tensor, tensor, type Value, value } from '../src/index.ts';

describe('grad(f)', () => {
  const cube = (x: Value): Value => x.mul(x).mul(x).mul(x);

  test('gives derivatives of any order: x⁴ at 2 has 32, 48, 48, 24', () => {
    let f = cube as (x: Value) => Value;
    const derivatives = [32, 48, 48, 24].map(() => {
      f = grad(f);
      return (f as unknown as (x: number) => number)(2);
    });
    expect(derivatives).toEqual([32, 48, 48, 24]);
  });

  test('gives tensors for tensors, to third order', () => {
    const f = (x: Tensor): Tensor => x.mul(x).mul(x).sum();
    const sumOf = (g: (x: Tensor) => Tensor) => (x: Tensor) => g(x).sum();
    const x = tensor([1, 2]);
    expect(grad(f)(x).tolist()).toEqual([3, 12]);
    expect(grad(sumOf(grad(f)))(x).tolist()).toEqual([6, 12]);
    expect(grad(sumOf(grad(sumOf(grad(f)))))(x).tolist()).toEqual([6, 6]);
  });

  test('does not confuse two variables: d/dx (d/dz z·x at z = x) is 1', () => {
    expect(grad((x: Value) => grad((z: Value) => z.mul(x))(x))(3)).toBe(1);
    expect(grad((x: Value) => x.mul(grad((z: Value) => x.add(z))(value(1))))(3)).toBe(1);
  });

  test('sees what the inner function closes over, wherever it is called', () => {
    expect(grad((x: Value) => grad((z: Value) => z.mul(z).mul(x))(value(5, { requiresGrad: false })))(3)).toBe(10);
  });

  test('gives 0 for a constant and for an argument that is not used', () => {
    expect(grad((_x: Value) => value(7))(3)).toBe(0);
    expect(grad((_x: Value, y: Value) => y.mul(2))(3, 4)).toBe(0);
    expect(grad((x: Tensor) => x.detach().sum())(tensor([1, 2])).tolist()).toEqual([0, 0]);
  });

  test('gives 0 for an argument that only an inner grad has used', () => {
    const w = value(2);
    const f = (x: Value): Value => {
      grad((z: Value) => z.mul(x))(value(5));
      return w.mul(2);
    };
    expect(grad(f)(3)).toBe(0);
  });

  test('differentiates the argument that is asked for', () => {
    expect(grad((x: Value, y: Value) => x.mul(y).mul(y), 1)(3, 4)).toBe(24);
  });

  test('leaves gradients and graphs outside alone', () => {
    const w = value(2);
    const h = w.mul(w);
    expect(grad((x: Value) => x.mul(h))(3)).toBe(4);
    expect([w.grad, h.grad]).toEqual([0, 0]);
    h.backward();
    expect(w.grad).toBe(4);
  });

  test('counts only its argument where the same variable is also used from outside', () => {
    const w = value(3);
    expect(grad((x: Value) => x.mul(w))(w).data).toBe(3);
    expect(w.grad).toBe(0);
  });

  test('gives no tape where none was asked for', () => {
    const x = tensor([1, 2]);
    expect(grad((t: Tensor) => t.mul(t).sum())(x).requiresGrad).toBe(false);
    const w = tensor([1, 2], { requiresGrad: true });
    expect(noGrad(() => grad((t: Tensor) => t.mul(t).sum())(w)).requiresGrad).toBe(false);
  });

  test('refuses what is no point and what gives no number', () => {
    expect(() => grad((x: Value) => x)([1] as never)).toThrow('grad: argument 0 is an array, expected a number');
    expect(() => grad((x: Value) => x, 1)(1)).toThrow('grad: argument 1 is ');
    expect(() => grad((() => 1) as never)(1)).toThrow(
      'grad: the result of the function is 1, expected a Value or Tensor',
    );
    expect(() => grad((x: Tensor) => x.mul(2))(tensor([1, 2]))).toThrow(BackwardError);
  });
});
