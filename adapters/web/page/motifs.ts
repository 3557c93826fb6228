import type { Genre } from '../../../src/catalogue/genres.ts';

/** Draws on a field of 200 × 190 in three of the tile's colours, the classes a, b and c; the ground is there. */
export type Motif = (random: () => number) => string;

const WIDTH = 200;
const HEIGHT = 190;

const circle = (x: number, y: number, r: number, colour: string) =>
  `<circle class="${colour}" cx="${round(x)}" cy="${round(y)}" r="${round(r)}"/>`;
const path = (d: string, colour: string) => `<path class="${colour}" d="${d}"/>`;
const ring = (x: number, y: number, r: number, width: number, colour: string) =>
  `<circle class="${colour}" cx="${round(x)}" cy="${round(y)}" r="${round(r)}" fill-opacity="0" stroke-width="${width}"/>`;
const rect = (x: number, y: number, width: number, height: number, colour: string, r = 0) =>
  `<rect class="${colour}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"${r ? ` rx="${r}"` : ''}/>`;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function times(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

function between(random: () => number, low: number, high: number): number {
  return low + random() * (high - low);
}

/** A line of hills from edge to edge. */
function hills(random: () => number, base: number, height: number, colour: string): string {
  const steps = 4 + Math.floor(random() * 3);
  const points = times(steps, (index) => {
    const x = ((index + 1) * WIDTH) / steps;
    return ` Q${round(x - WIDTH / steps / 2)} ${round(base - between(random, 0.4, 1) * height)} ${round(x)} ${round(base)}`;
  });
  return path(`M0 ${base}${points} V${HEIGHT} H0 Z`, colour);
}

function peaks(random: () => number, base: number, height: number, colour: string): string {
  const steps = 3 + Math.floor(random() * 3);
  const points = times(steps, (index) => {
    const x = ((index + 1) * WIDTH) / steps;
    const top = x - between(random, 0.3, 0.7) * (WIDTH / steps);
    return ` L${round(top)} ${round(base - between(random, 0.5, 1) * height)} L${round(x)} ${round(base)}`;
  });
  return path(`M0 ${base}${points} V${HEIGHT} H0 Z`, colour);
}

const planets: Motif = (random) => {
  const [x, y, r] = [between(random, 60, 140), between(random, 70, 110), between(random, 38, 58)];
  const tilt = Math.round(between(random, -35, 35));
  return (
    times(22, () => circle(random() * WIDTH, random() * HEIGHT, between(random, 0.6, 1.8), 'c')) +
    circle(x, y, r, 'b') +
    path(`M${round(x - r)} ${round(y)} A${round(r)} ${round(r)} 0 0 0 ${round(x + r)} ${round(y)} Z`, 'a') +
    `<ellipse class="lc" cx="${round(x)}" cy="${round(y)}" rx="${round(r * 1.7)}" ry="${round(r * 0.38)}" fill-opacity="0" stroke-width="3" transform="rotate(${tilt} ${round(x)} ${round(y)})"/>` +
    circle(between(random, 20, 180), between(random, 18, 40), between(random, 5, 10), 'c')
  );
};

const mesa: Motif = (random) =>
  circle(between(random, 60, 140), between(random, 75, 100), between(random, 38, 52), 'b') +
  path(`M0 150 L20 118 H${round(between(random, 50, 80))} L95 150 Z`, 'a') +
  path(`M110 150 L${round(between(random, 124, 136))} 96 H172 L190 150 Z`, 'a') +
  rect(0, 148, WIDTH, 42, 'c');

const fangs: Motif = (random) => {
  const teeth = 6 + Math.floor(random() * 4);
  const step = WIDTH / teeth;
  const row = (from: number, toward: number) =>
    path(
      `M0 ${from}${times(teeth, (index) => ` L${round((index + 0.5) * step)} ${round(from + toward * between(random, 0.5, 1))} L${round((index + 1) * step)} ${from}`)} V${toward > 0 ? 0 : HEIGHT} H0 Z`,
      'a',
    );
  return (
    circle(100, 95, between(random, 34, 46), 'b') + circle(100, 95, 11, 'c') + row(30, 52) + row(160, -52)
  );
};

const blinds: Motif = (random) => {
  const slant = between(random, -26, 26);
  return (
    circle(between(random, 60, 140), 92, between(random, 46, 60), 'b') +
    times(9, (index) => {
      const y = 8 + index * 21;
      return path(
        `M0 ${y} L200 ${round(y + slant)} V${round(y + slant + 10)} L0 ${y + 10} Z`,
        index === 4 ? 'c' : 'a',
      );
    })
  );
};

const overlap: Motif = (random) => {
  const [r, gap, y] = [between(random, 46, 58), between(random, 22, 34), between(random, 84, 104)];
  const half = Math.sqrt(r * r - gap * gap);
  const lens = `M100 ${round(y - half)} A${round(r)} ${round(r)} 0 0 1 100 ${round(y + half)} A${round(r)} ${round(r)} 0 0 1 100 ${round(y - half)} Z`;
  return circle(100 - gap, y, r, 'a') + circle(100 + gap, y, r, 'b') + path(lens, 'c');
};

const bars: Motif = (random) =>
  times(9, (index) => {
    const height = between(random, 26, 150);
    return rect(
      14 + index * 19.5,
      176 - height,
      13,
      height,
      index % 3 === 1 ? 'b' : index % 3 === 2 ? 'c' : 'a',
      6,
    );
  });

const rays: Motif = (random) => {
  const [x, y] = [between(random, 40, 160), between(random, 110, 170)];
  const count = 13;
  const offset = random();
  return (
    times(count, (index) => {
      const angle = ((index + offset) / count) * Math.PI * 2;
      const end = (turn: number) => `${round(x + 320 * Math.cos(turn))} ${round(y + 320 * Math.sin(turn))}`;
      return path(`M${round(x)} ${round(y)} L${end(angle)} L${end(angle + Math.PI / count)} Z`, 'a');
    }) + circle(x, y, between(random, 24, 38), 'b')
  );
};

const ridges: Motif = (random) =>
  circle(between(random, 50, 150), between(random, 44, 66), between(random, 20, 30), 'c') +
  peaks(random, 120, 80, 'a') +
  peaks(random, 150, 62, 'b') +
  hills(random, 172, 30, 'c');

const moonlit: Motif = (random) => {
  const [x, y, r] = [between(random, 60, 140), between(random, 52, 70), between(random, 28, 38)];
  const crescent = `M${round(x)} ${round(y - r)} A${round(r)} ${round(r)} 0 1 0 ${round(x + r)} ${round(y)} A${round(r * 0.78)} ${round(r * 0.78)} 0 0 1 ${round(x)} ${round(y - r)} Z`;
  return (
    times(16, () => circle(random() * WIDTH, random() * 110, between(random, 0.7, 2), 'c')) +
    path(crescent, 'b') +
    hills(random, 146, 56, 'a') +
    hills(random, 170, 34, 'b')
  );
};

const target: Motif = (random) => {
  const [x, y] = [between(random, 70, 130), between(random, 78, 112)];
  return times(6, (index) =>
    circle(x + index * between(random, -3, 3), y + index * 2, 84 - index * 14, 'abc'[index % 3]!),
  );
};

const quarters: Motif = (random) =>
  times(20, (index) => {
    const [x, y] = [(index % 5) * 40, Math.floor(index / 5) * 47.5];
    const corner = Math.floor(random() * 4);
    const [w, h] = [40, 47.5];
    const shapes = [
      `M${x} ${y} h${w} A${w} ${h} 0 0 1 ${x} ${y + h} Z`,
      `M${x + w} ${y} v${h} A${w} ${h} 0 0 1 ${x} ${y} Z`,
      `M${x + w} ${y + h} h-${w} A${w} ${h} 0 0 1 ${x + w} ${y} Z`,
      `M${x} ${y + h} v-${h} A${w} ${h} 0 0 1 ${x + w} ${y + h} Z`,
    ];
    return random() < 0.12 ? '' : path(shapes[corner]!, 'abc'[Math.floor(random() * 3)]!);
  });

const balloons: Motif = (random) =>
  times(7, (index) => {
    const [x, y, r] = [20 + index * 27, between(random, 36, 120), between(random, 17, 30)];
    return `<path class="lc" d="M${round(x)} ${round(y + r)} Q${round(x + between(random, -10, 10))} ${round(y + r + 40)} 100 200" fill-opacity="0" stroke-width="1.5"/>${circle(x, y, r, 'abc'[index % 3]!)}`;
  });

const arches: Motif = (random) => {
  const x = between(random, 84, 116);
  return times(5, (index) => {
    const r = 88 - index * 17;
    return path(
      `M${round(x - r)} 190 V${round(104)} A${r} ${r} 0 0 1 ${round(x + r)} 104 V190 Z`,
      'abcab'[index]!,
    );
  });
};

const window: Motif = (random) => {
  const x = between(random, 26, 70);
  const slant = between(random, 34, 66);
  return (
    path(`M${round(x)} 34 H${round(x + 62)} L${round(x + 62 + slant)} 190 H${round(x + slant - 18)} Z`, 'a') +
    rect(x, 26, 62, 84, 'b') +
    rect(x + 29, 26, 4, 84, 'a') +
    rect(x, 64, 62, 4, 'a') +
    circle(between(random, 140, 170), between(random, 120, 140), between(random, 10, 16), 'c')
  );
};

const halftone: Motif = (random) => {
  const [cx, cy] = [between(random, 50, 150), between(random, 50, 140)];
  return times(120, (index) => {
    const [x, y] = [10 + (index % 12) * 16.4, 10 + Math.floor(index / 12) * 18.6];
    const r = 8.4 - Math.hypot(x - cx, y - cy) / 19;
    return r > 0.8 ? circle(x, y, r, index % 7 === 3 ? 'b' : 'c') : circle(x, y, 0.9, 'a');
  });
};

const chevrons: Motif = (random) => {
  const peak = between(random, 70, 130);
  return times(5, (index) => {
    const y = 44 + index * 34;
    return path(
      `M0 ${y + 34} L${round(peak)} ${y - 22} L200 ${y + 34} V${y + 52} L${round(peak)} ${y - 4} L0 ${y + 52} Z`,
      'abcab'[index]!,
    );
  });
};

const lanes: Motif = (random) => {
  const x = between(random, -20, 30);
  return times(5, (index) => ring(x, 190, 178 - index * 30, 16, ['la', 'lb', 'la', 'lc', 'la'][index]!));
};

/** A low sun over still water. */
const horizon: Motif = (random) => {
  const [x, r] = [between(random, 60, 140), between(random, 40, 56)];
  return (
    circle(x, 104, r, 'b') +
    rect(0, 104, WIDTH, 86, 'a') +
    times(5, (index) => {
      const width = r * (1.7 - index * 0.28);
      return rect(
        x - width / 2 + between(random, -8, 8),
        114 + index * 13,
        width,
        5,
        index % 2 ? 'b' : 'c',
        2.5,
      );
    })
  );
};

const eye: Motif = (random) => {
  const [height, look] = [between(random, 52, 74), between(random, -16, 16)];
  return (
    path(`M8 95 Q100 ${round(95 - height * 1.5)} 192 95 Q100 ${round(95 + height * 1.5)} 8 95 Z`, 'c') +
    circle(100 + look, 95, height * 0.68, 'b') +
    circle(100 + look * 1.2, 95, height * 0.34, 'a') +
    circle(100 + look - 9, 84, 6, 'c')
  );
};

const slashes: Motif = (random) => {
  const lean = between(random, 40, 80);
  return times(7, (index) => {
    const [x, width] = [index * 34 - 50, between(random, 6, 24)];
    return path(
      `M${round(x + lean)} 0 h${round(width)} L${round(x + width)} 190 H${round(x)} Z`,
      'abac'[Math.floor(random() * 4)]!,
    );
  });
};

const waves: Motif = (random) =>
  circle(between(random, 50, 150), between(random, 40, 60), between(random, 18, 28), 'b') +
  times(4, (index) => {
    const [y, shift] = [92 + index * 26, between(random, 0, 40)];
    const crests = times(6, () => 'q20 -24 40 0');
    return path(`M${round(-shift)} ${y} ${crests} V190 H${round(-shift)} Z`, 'acab'[index]!);
  });

const skyline: Motif = (random) =>
  circle(between(random, 50, 150), between(random, 46, 70), between(random, 22, 32), 'c') +
  times(8, (index) => {
    const [x, height] = [index * 25, between(random, 50, 136)];
    const windows = times(Math.floor(height / 18) - 1, (floor) =>
      random() < 0.45 ? rect(x + (random() < 0.5 ? 5 : 14), 198 - height + floor * 18, 5, 7, 'b') : '',
    );
    return rect(x, 190 - height, 24.5, height, 'a') + windows;
  });

const stairs: Motif = (random) => {
  const rising = random() < 0.5;
  return (
    circle(rising ? 56 : 144, 52, between(random, 20, 30), 'b') +
    times(7, (index) => {
      const height = (rising ? index + 1 : 7 - index) * 22;
      return rect(index * 28.6, 190 - height, 29, height, index % 2 ? 'a' : 'c');
    })
  );
};

const doors: Motif = (random) =>
  times(4, (index) => {
    const inset = index * 19;
    const lean = between(random, -3, 3) * index;
    return rect(22 + inset + lean, 14 + inset * 1.1, 156 - inset * 2, 190, 'abca'[index]!);
  }) + circle(100, 176, 5, 'b');

/** The motifs of each genre, the genres that tell the most about a movie first. */
export const MOTIFS: Readonly<Record<Genre, readonly Motif[]>> = {
  western: [mesa],
  horror: [fangs, eye, doors],
  'science-fiction': [planets, horizon, halftone],
  war: [chevrons, slashes],
  'film-noir': [blinds, skyline],
  musical: [bars],
  music: [bars, lanes],
  sport: [lanes, chevrons],
  documentary: [halftone],
  fantasy: [moonlit, arches],
  animation: [balloons, quarters],
  romance: [overlap, waves],
  mystery: [target, doors, eye],
  crime: [blinds, skyline, slashes],
  thriller: [target, slashes, stairs],
  adventure: [ridges, waves],
  action: [rays, slashes, skyline],
  comedy: [quarters, balloons],
  family: [balloons, waves],
  history: [arches, chevrons],
  biography: [arches, window],
  drama: [window, horizon, stairs],
};

/** For movies of no known genre. */
export const PLAIN: readonly Motif[] = [quarters, waves];
