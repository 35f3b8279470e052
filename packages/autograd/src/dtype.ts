/** Element types: JavaScript's own number by default, so that every gradient can be checked where it stands. */
export type DType = 'float64' | 'float32' | 'int32' | 'bool';

/** Flat storage of a tensor. A bool is a byte, 0 or 1. */
export type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/** Flat storage as the outside sees it: writes go through a tensor's in-place methods, which count them. */
export interface ReadonlyNumbers extends Iterable<number> {
  readonly length: number;
  readonly [index: number]: number;
}

/** Order of promotion: the result of mixed dtypes is the later one, as in PyTorch. */
const RANK: Readonly<Record<DType, number>> = { bool: 0, int32: 1, float32: 2, float64: 3 };

let floatDtype: 'float64' | 'float32' = 'float64';

/** The dtype that arrays of numbers become and that integers become in a float op. */
export function defaultDtype(): 'float64' | 'float32' {
  return floatDtype;
}

/** Sets the dtype that arrays of numbers become, for the whole program. It starts as float64. */
export function setDefaultDtype(dtype: 'float64' | 'float32'): void {
  floatDtype = dtype;
}

/** Whether gradients can flow through it. */
export function isFloat(dtype: DType): boolean {
  return RANK[dtype] >= RANK.float32;
}

/** The dtype that holds both. */
export function promote(a: DType, b: DType): DType {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Zeroed storage for `size` elements. */
export function allocate(dtype: DType, size: number): Numbers {
  switch (dtype) {
    case 'float64':
      return new Float64Array(size);
    case 'float32':
      return new Float32Array(size);
    case 'int32':
      return new Int32Array(size);
    case 'bool':
      return new Uint8Array(size);
  }
}

/** The same numbers as storage of a dtype: the very same storage where it is of that dtype already. */
export function castTo(dtype: DType, storage: Numbers): Numbers {
  if (storage.constructor === allocate(dtype, 0).constructor) return storage;
  const copy = allocate(dtype, storage.length);
  if (dtype === 'bool') for (let i = 0; i < copy.length; i++) copy[i] = storage[i] === 0 ? 0 : 1;
  else copy.set(storage);
  return copy;
}
