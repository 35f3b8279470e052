import { type FlowSite, FULL_LEVEL } from '@backflow/insight';

/** The colours of a theme; they repeat what height and word say. */
export interface Ink {
  /** At least half of the full height, at least a quarter, less. */
  readonly high: string;
  readonly middle: string;
  readonly low: string;
  /** Nothing arrives, and all bars of an earlier version. */
  readonly quiet: string;
}

/** At least 3:1 on VS Code's own dark and light themes, high contrast included (WCAG 2.2, 1.4.11). */
export const DARK: Ink = { high: '#89d185', middle: '#d7ba7d', low: '#f48771', quiet: '#8a8a8a' };
export const LIGHT: Ink = { high: '#388a34', middle: '#a26b00', low: '#d0342c', quiet: '#767676' };

/** Pixels: as wide as a thin character, as high as the text beside it. */
export const BAR_STEP = 6;
export const BARS_HEIGHT = 14;
const BAR_WIDTH = 5;
/** Of the lowest bar; however small, what is left of a gradient shows. */
const LEVEL_HEIGHT = BARS_HEIGHT / FULL_LEVEL;

/** What bars look like: all that the picture depends on, and so the key to keep it by. */
export interface Bars {
  /** One character a bar, as in the terminal. */
  readonly text: string;
  readonly levels: readonly number[];
  readonly isEarlier: boolean;
}

export function barsOf({ bars, levels }: FlowSite, isEarlier: boolean): Bars {
  return { text: bars, levels, isEarlier };
}

/** The bars as a picture: an exact 0 is an empty frame, NaN a cross, a layer that took part in no step a gap. */
export function drawBars({ text, levels, isEarlier }: Bars, ink: Ink): string {
  const shapes = [...text].map((character, index) => {
    const x = index * BAR_STEP;
    const level = levels[index] ?? 0;
    const color = isEarlier ? ink.quiet : colorOf(level, ink);
    if (character === ' ') return '';
    if (level > 0) {
      const height = level * LEVEL_HEIGHT;
      return `<rect x="${x}" y="${BARS_HEIGHT - height}" width="${BAR_WIDTH}" height="${height}" fill="${color}"/>`;
    }
    const path =
      character === '×'
        ? `M${x} ${BARS_HEIGHT / 2 - 2.5}l${BAR_WIDTH} 5m0 -5l-${BAR_WIDTH} 5`
        : `M${x + 0.5} ${BARS_HEIGHT - 0.5}v-4h${BAR_WIDTH - 1}v4z`;
    const stroke = character === '×' && !isEarlier ? ink.low : ink.quiet;
    return `<path d="${path}" fill="none" stroke="${stroke}"/>`;
  });
  const width = levels.length * BAR_STEP;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${BARS_HEIGHT}">${shapes.join('')}</svg>`;
}

/** As the terminal paints them. */
function colorOf(level: number, { high, middle, low }: Ink): string {
  if (level >= FULL_LEVEL / 2) return high;
  return level >= FULL_LEVEL / 4 ? middle : low;
}
