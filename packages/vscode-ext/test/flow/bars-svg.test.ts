import { FULL_LEVEL } from '@backflow/insight';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { BAR_STEP, BARS_HEIGHT, DARK, drawBars, type Ink, LIGHT } from '../../src/flow/bars-svg.ts';

const level = fc.integer({ min: 1, max: FULL_LEVEL });
const draw = (text: string, levels: readonly number[], isEarlier = false) =>
  drawBars({ text, levels, isEarlier }, DARK);

/** Contrast of two colours, as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test.prop([fc.array(level, { minLength: 1, maxLength: 12 })])(
  'each layer has a bar, left to right, as high as its level, standing on the ground',
  (levels) => {
    const bars = [
      ...draw('█'.repeat(levels.length), levels).matchAll(/<rect x="([\d.]+)" y="([\d.]+)" [^>]*height="([\d.]+)"/g),
    ];
    expect(bars.map(([, x]) => Number(x))).toEqual(levels.map((_, index) => index * BAR_STEP));
    expect(bars.map(([, , , height]) => Number(height))).toEqual(
      levels.map((each) => (each * BARS_HEIGHT) / FULL_LEVEL),
    );
    for (const [, , y, height] of bars) expect(Number(y) + Number(height)).toBe(BARS_HEIGHT);
  },
);

test('an exact 0, NaN and no figure at all are no bars, and differ', () => {
  const pictures = ['·', '×', ' '].map((text) => draw(text, [0]));
  for (const picture of pictures) expect(picture).not.toContain('<rect');
  expect(new Set(pictures)).toHaveLength(3);
});

test('bars of an earlier version have no colour', () => {
  const picture = draw('█▁', [8, 1], true);
  expect(picture).not.toContain(DARK.high);
  expect(picture.match(/fill="(#\w+)"/g)).toEqual([`fill="${DARK.quiet}"`, `fill="${DARK.quiet}"`]);
});

test.each<[string, Ink, string[]]>([
  ['dark', DARK, ['#1f1f1f', '#1e1e1e', '#000000']],
  ['light', LIGHT, ['#ffffff']],
])('every colour stands out from a %s background: 3:1 (WCAG 2.2, 1.4.11)', (_, ink, grounds) => {
  for (const color of Object.values(ink))
    for (const ground of grounds) expect(contrast(color, ground)).toBeGreaterThanOrEqual(3);
});
