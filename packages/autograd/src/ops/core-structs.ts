/* The structs that rules may use, and that tensors have as methods. Closed, as `core-gates.ts` is. */
export { expand } from './expand.ts';
export { gather } from './gather.ts';
export { matmul } from './matmul.ts';
export { permute } from './permute.ts';
export { reshape } from './reshape.ts';
export { scatterAdd } from './scatter-add.ts';
export { scatterSlice } from './scatter-slice.ts';
export { slice } from './slice.ts';
export { sum } from './sum.ts';
export { to } from './to.ts';
